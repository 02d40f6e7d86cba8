package io.millrace.client.connectors.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Partitions as the test sets them: each begins at 10 times its number and ends 100 later. */
final class FakeCluster implements KafkaCluster {
    private final Set<TopicPartition> partitions = new HashSet<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private @Nullable RuntimeException failure;
    private String topicId = "first";
    private boolean closed;

    void add(int... numbers) {
        for (int number : numbers) {
            partitions.add(new TopicPartition("t", number));
        }
    }

    void remove(int number) {
        partitions.remove(new TopicPartition("t", number));
    }

    /** @param id empty for a cluster that has none */
    void replaceTopic(String id) {
        topicId = id;
    }

    void commit(int number, long offset) {
        committed.put(new TopicPartition("t", number), offset);
    }

    void fail(@Nullable RuntimeException newFailure) {
        failure = newFailure;
    }

    boolean isClosed() {
        return closed;
    }

    private void answer() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public FoundTopics topics() {
        answer();
        return new FoundTopics(Set.copyOf(partitions), topicId.isEmpty() ? Map.of() : Map.of("t", topicId));
    }

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> asked) {
        answer();
        Map<TopicPartition, Long> found = new HashMap<>(committed);
        found.keySet().retainAll(asked);
        return found;
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> asked) {
        return offsets(asked, 0);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> asked) {
        return offsets(asked, 100);
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> asked, long beyond) {
        answer();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        asked.forEach(partition -> offsets.put(partition, partition.partition() * 10L + beyond));
        return offsets;
    }

    @Override
    public Map<TopicPartition, Long> offsetsForTimes(Map<TopicPartition, Long> timestamps) {
        answer();
        return Map.of();
    }

    @Override
    public void close() {
        closed = true;
    }
}
