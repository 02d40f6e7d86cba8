package io.millrace.client.connectors.kafka.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Tells partitions that have ended to bring records from those that only seem to: a partition is quiet when it had no
 * record for a minute while the reader had room, and a broker confirms that there is none. Belongs to the fetcher's
 * thread.
 */
final class QuietPartitions {
    static final Duration QUIET = Duration.ofSeconds(60);

    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration ASK = Duration.ofSeconds(5);

    private final Map<TopicPartition, Long> lastRecordNanos = new HashMap<>();
    private final Set<TopicPartition> quiet = new HashSet<>();
    private long blockedNanos;
    private long nextLookNanos;

    void begin(TopicPartition partition, long nowNanos) {
        lastRecordNanos.put(partition, nowNanos - blockedNanos);
    }

    void end(TopicPartition partition) {
        lastRecordNanos.remove(partition);
        quiet.remove(partition);
    }

    /** Time in which the reader had no room does not count. */
    void blockedFor(long nanos) {
        blockedNanos += nanos;
    }

    /** @return partitions that have become quiet since the last call */
    Set<TopicPartition> after(
            ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer, long nowNanos) {
        long now = nowNanos - blockedNanos;
        for (TopicPartition partition : records.partitions()) {
            lastRecordNanos.put(partition, now);
            quiet.remove(partition);
        }
        if (now < nextLookNanos && nextLookNanos - now <= LOOK_NANOS) {
            return Set.of();
        }
        nextLookNanos = now + LOOK_NANOS;
        Set<TopicPartition> candidates = new HashSet<>();
        lastRecordNanos.forEach((partition, last) -> {
            if (now - last >= QUIET.toNanos()
                    && !quiet.contains(partition)
                    && consumer.currentLag(partition).orElse(1) == 0) {
                candidates.add(partition);
            }
        });
        return confirmed(candidates, consumer);
    }

    private Set<TopicPartition> confirmed(Set<TopicPartition> candidates, Consumer<byte[], byte[]> consumer) {
        if (candidates.isEmpty()) {
            return Set.of();
        }
        Map<TopicPartition, Long> ends;
        try {
            ends = consumer.endOffsets(candidates, ASK);
        } catch (TimeoutException disconnected) {
            return Set.of();
        }
        candidates.removeIf(partition -> consumer.position(partition) < ends.getOrDefault(partition, Long.MAX_VALUE));
        quiet.addAll(candidates);
        return candidates;
    }
}
