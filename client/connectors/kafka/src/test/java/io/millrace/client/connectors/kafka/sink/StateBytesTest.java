package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of version 1 stay what they are: checkpoints hold them. */
class StateBytesTest {
    private static final KafkaCommittable COMMITTABLE =
            new KafkaCommittable("p-j-0-1-2", 258, 3, new RecordPlace("t", 4, 5));
    private static final KafkaWriterState STATE = new KafkaWriterState("p", "j", 6, 7, List.of(new Prepared(8, 9, 10)));

    @Test
    void committablesHaveTheirBytes() throws IOException {
        check(
                new KafkaCommittableSerializer(),
                COMMITTABLE,
                "0009" + "702d6a2d302d312d32" + "0000000000000102" + "00000003" + "000174" + "00000004"
                        + "0000000000000005");
    }

    @Test
    void writerStatesHaveTheirBytes() throws IOException {
        check(
                new KafkaWriterStateSerializer(),
                STATE,
                "000170" + "00016a" + "0000000000000006" + "00000007" + "00000001" + "00000008" + "0000000000000009"
                        + "0000000a");
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
