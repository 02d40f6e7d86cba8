package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.KafkaProblems;
import io.millrace.client.connectors.kafka.Patience;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds partitions, now and later, and deals each to the reader that its topic and number give: the same one in each
 * run. All state belongs to the enumerator's thread; calls to the cluster get values and give values.
 */
final class KafkaEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEnumerator.class);

    private final KafkaSourceSettings settings;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final KafkaCluster cluster;
    private final Patience patience;

    private final Set<TopicPartition> known;
    private final Map<String, String> topicIds;
    private final Set<TopicPartition> starting = new HashSet<>();
    private final List<KafkaPartitionSplit> unassigned;
    private final Set<Integer> readers = new TreeSet<>();
    private boolean listed;
    private boolean failing;
    private long failingSinceNanos;

    KafkaEnumerator(
            KafkaSourceSettings settings,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            KafkaCluster cluster,
            Patience patience,
            KafkaEnumeratorState state) {
        this.settings = settings;
        this.context = context;
        this.cluster = cluster;
        this.patience = patience;
        this.known = new HashSet<>(state.known());
        this.topicIds = new HashMap<>(state.topicIds());
        this.unassigned = new ArrayList<>(state.unassigned());
        this.listed = state.listed();
    }

    private boolean isLookingOn() {
        return settings.discoveryMillis() > 0 && !settings.isBounded();
    }

    @Override
    public void start() {
        if (isLookingOn()) {
            context.callAsync(cluster::topics, this::onTopics, 0, settings.discoveryMillis());
        } else {
            // Also after a restore: the topics must be those that the positions are of.
            context.callAsync(cluster::topics, this::onTopics);
        }
    }

    private void onTopics(@Nullable FoundTopics found, @Nullable Throwable failure) {
        if (found == null) {
            tolerate(failure, "The partitions could not be listed");
            if (!isLookingOn()) {
                start();
            }
            return;
        }
        failing = false;
        checkNoneIsGone(found.partitions());
        checkNoneIsReplaced(found.ids());
        Set<TopicPartition> fresh = new HashSet<>(found.partitions());
        fresh.removeAll(known);
        fresh.removeAll(starting);
        if (listed && !isLookingOn()) {
            return;
        }
        if (!fresh.isEmpty()) {
            starting.addAll(fresh);
            findOffsets(fresh, found.ids());
        } else if (!listed && starting.isEmpty()) {
            listed = true;
            readers.forEach(this::deal);
        }
    }

    private void checkNoneIsGone(Set<TopicPartition> found) {
        Set<TopicPartition> gone = new HashSet<>(known);
        gone.removeAll(found);
        if (!gone.isEmpty()) {
            throw Problem.of(KafkaErrors.KAFKA_PARTITIONS_SHRANK, "Partitions that are being read are gone: " + gone)
                    .at(settings.place())
                    .because("the topic was deleted, or made again with fewer partitions")
                    .fix("Start the job afresh, without its former state, if that was meant")
                    .asException();
        }
    }

    private void checkNoneIsReplaced(Map<String, String> ids) {
        topicIds.forEach((topic, id) -> {
            if (!ids.getOrDefault(topic, id).equals(id)) {
                throw Problem.of(KafkaErrors.KAFKA_TOPIC_REPLACED, "The topic '" + topic + "' is not the one it was")
                        .at(settings.place())
                        .because("it was deleted and made again, so positions in it mean nothing any more")
                        .fix("Start the job afresh, without its former state")
                        .asException();
            }
        });
    }

    private void findOffsets(Set<TopicPartition> fresh, Map<String, String> ids) {
        boolean first = !listed;
        context.callAsync(() -> splits(fresh, first), (splits, failure) -> {
            if (splits == null) {
                tolerate(failure, "Where to start could not be found out");
                findOffsets(fresh, ids);
            } else {
                ids.forEach(topicIds::putIfAbsent);
                onSplits(fresh, splits);
            }
        });
    }

    /** Runs on a thread that may block. */
    private List<KafkaPartitionSplit> splits(Set<TopicPartition> fresh, boolean first) throws InterruptedException {
        OffsetsInitializer start = first ? settings.starting() : OffsetsInitializer.earliest();
        Map<TopicPartition, Long> starts = start.getPartitionOffsets(fresh, cluster);
        OffsetsInitializer stop = settings.stopping();
        Map<TopicPartition, Long> stops = stop == null ? Map.of() : stop.getPartitionOffsets(fresh, cluster);
        List<KafkaPartitionSplit> splits = new ArrayList<>();
        for (TopicPartition partition : fresh) {
            splits.add(new KafkaPartitionSplit(
                    partition.topic(),
                    partition.partition(),
                    offset(starts, partition, "start"),
                    stop == null ? KafkaPartitionSplit.NEVER : offset(stops, partition, "stop")));
        }
        return splits;
    }

    private long offset(Map<TopicPartition, Long> offsets, TopicPartition partition, String purpose) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw Problem.of(
                            KafkaErrors.KAFKA_SETTING_INVALID,
                            "The initializer gave no offset to " + purpose + " at for " + partition)
                    .at(settings.place())
                    .fix("Give an offset for each partition")
                    .asException();
        }
        return offset;
    }

    private void onSplits(Set<TopicPartition> fresh, List<KafkaPartitionSplit> splits) {
        failing = false;
        listed = true;
        starting.removeAll(fresh);
        known.addAll(fresh);
        for (KafkaPartitionSplit split : splits) {
            LOG.info("source=kafka split={} event=found position={}", split.splitId(), split.position());
            if (!split.isAtEnd()) {
                unassigned.add(split);
            }
        }
        readers.forEach(this::deal);
    }

    /** Brokers may be away for a while; anything else is the job's failure. */
    private void tolerate(@Nullable Throwable failure, String what) {
        if (failure instanceof MillraceException known) {
            throw known.problem().where().isEmpty()
                    ? known.problem().at(settings.place()).asException(known)
                    : known;
        }
        Throwable cause = failure == null ? new IllegalStateException("no answer") : KafkaProblems.unwrap(failure);
        long now = patience.nanoTime().getAsLong();
        if (!failing) {
            failing = true;
            failingSinceNanos = now;
            LOG.warn("source=kafka event=brokers-away place='{}' reason={}", settings.place(), cause.toString());
        }
        boolean over = now - failingSinceNanos >= patience.limit().toNanos();
        if (over || !(cause instanceof RetriableException)) {
            throw KafkaProblems.of(cause, KafkaErrors.KAFKA_READ_FAILED, what, settings.place());
        }
    }

    private void deal(int reader) {
        List<KafkaPartitionSplit> own =
                unassigned.stream().filter(split -> owner(split) == reader).toList();
        unassigned.removeAll(own);
        own.forEach(split -> context.assignSplit(split, reader));
        if (!listed) {
            return;
        }
        if (settings.isBounded()) {
            context.signalNoMoreSplits(reader);
        } else {
            context.sendEventToSourceReader(reader, new SplitsDealt(known.size()));
        }
    }

    /** Neighbouring partitions go to neighbouring readers. */
    private int owner(KafkaPartitionSplit split) {
        return Math.floorMod(split.topic().hashCode() + split.partition(), context.currentParallelism());
    }

    @Override
    public void addReader(int subtaskId) {
        readers.add(subtaskId);
        deal(subtaskId);
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        // Readers get their splits without asking.
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {
        unassigned.addAll(splits);
        readers.forEach(this::deal);
    }

    @Override
    public KafkaEnumeratorState snapshotState(long checkpointId) {
        return new KafkaEnumeratorState(known, topicIds, unassigned, listed);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
