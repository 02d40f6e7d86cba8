package io.millrace.client.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The bytes of version 1 stay what they are: checkpoints hold them. */
class StateBytesTest {
    private static final String SPLIT = "000174" + "00000002" + "0000000000000003" + "7fffffffffffffff";
    private static final KafkaPartitionSplit READ_ON = new KafkaPartitionSplit("t", 2, 3, KafkaPartitionSplit.NEVER);

    @Test
    void splitsHaveTheirBytes() throws IOException {
        check(new KafkaPartitionSplitSerializer(), READ_ON, SPLIT);
    }

    @Test
    void enumeratorStatesHaveTheirBytes() throws IOException {
        KafkaEnumeratorState state = new KafkaEnumeratorState(
                Set.of(new TopicPartition("t", 2), new TopicPartition("s", 4), new TopicPartition("t", 1)),
                Map.of("t", "b", "s", "a"),
                List.of(READ_ON),
                true);
        check(
                new KafkaEnumeratorStateSerializer(),
                state,
                "01" + "00000003" + "00017300000004" + "00017400000001" + "00017400000002" + "00000002" + "000173000161"
                        + "000174000162" + "00000001" + SPLIT);
    }

    private static <E> void check(SimpleVersionedSerializer<E> serializer, E value, String hex) throws IOException {
        byte[] bytes = serializer.serialize(value);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(serializer.deserialize(1, bytes)).isEqualTo(value);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(1, cut)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("1 bytes follow");
        assertThatThrownBy(() -> serializer.deserialize(2, bytes)).hasMessageContaining("version 2");
    }
}
