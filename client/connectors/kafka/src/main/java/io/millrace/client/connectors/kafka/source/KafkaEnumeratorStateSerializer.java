package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Version 1: listed, the known partitions sorted, the topic ids sorted, the unassigned splits in order. */
final class KafkaEnumeratorStateSerializer implements SimpleVersionedSerializer<KafkaEnumeratorState> {
    private static final long serialVersionUID = 1L;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(KafkaEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(state.listed());
        out.writeInt(state.known().size());
        List<TopicPartition> sorted = state.known().stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
        for (TopicPartition partition : sorted) {
            out.writeUTF(partition.topic());
            out.writeInt(partition.partition());
        }
        out.writeInt(state.topicIds().size());
        for (Map.Entry<String, String> topic : new TreeMap<>(state.topicIds()).entrySet()) {
            out.writeUTF(topic.getKey());
            out.writeUTF(topic.getValue());
        }
        out.writeInt(state.unassigned().size());
        for (KafkaPartitionSplit split : state.unassigned()) {
            KafkaPartitionSplitSerializer.write(split, out);
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        KafkaPartitionSplitSerializer.requireVersion(version);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        boolean listed = in.readBoolean();
        Set<TopicPartition> known = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(new TopicPartition(in.readUTF(), in.readInt()));
        }
        Map<String, String> topicIds = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            topicIds.put(in.readUTF(), in.readUTF());
        }
        List<KafkaPartitionSplit> unassigned = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            unassigned.add(KafkaPartitionSplitSerializer.read(in));
        }
        KafkaPartitionSplitSerializer.requireEnd(in);
        return new KafkaEnumeratorState(known, topicIds, unassigned, listed);
    }
}
