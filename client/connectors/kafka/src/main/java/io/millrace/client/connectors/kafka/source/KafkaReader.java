package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Turns what its fetcher brings into elements, on the subtask's thread: a user's deserializer is called by that thread
 * alone, and a split's position is exactly behind what was emitted of it.
 */
final class KafkaReader<T> implements SourceReader<T, KafkaPartitionSplit> {
    private static final int RECORDS_PER_POLL = 64;
    /** Of checkpoints that may still complete. */
    private static final int SNAPSHOTS_KEPT = 100;

    private final KafkaRecordDeserializationSchema<T> deserializer;
    private final PartitionFetcher fetcher;
    private final String place;
    private final boolean committing;

    private final Map<TopicPartition, SplitInProgress<T>> splits = new HashMap<>();
    private final List<KafkaPartitionSplit> unopened = new ArrayList<>();
    private final TreeMap<Long, Map<TopicPartition, OffsetAndMetadata>> snapshots = new TreeMap<>();
    private @Nullable Emission<T> emission;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;
    private boolean dealt;
    private boolean idle;

    private @Nullable FetchedBatch batch;
    private Iterator<Map.Entry<TopicPartition, OffsetAndMetadata>> partitions =
            List.<Map.Entry<TopicPartition, OffsetAndMetadata>>of().iterator();
    private @Nullable TopicPartition partition;
    private long positionBehind;
    private @Nullable SplitInProgress<T> split;
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();
    private int next;

    /**
     * @param place the source, for errors
     * @param committing whether there is a group to tell positions to
     */
    KafkaReader(
            KafkaRecordDeserializationSchema<T> deserializer,
            PartitionFetcher fetcher,
            String place,
            boolean committing) {
        this.deserializer = deserializer;
        this.fetcher = fetcher;
        this.place = place;
        this.committing = committing;
    }

    @Override
    public void start() {
        fetcher.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
        open(output);
        int emitted = 0;
        while (emitted < RECORDS_PER_POLL && (emitted == 0 || output.hasRoom())) {
            if (next < records.size()) {
                emit(records.get(next++));
                emitted++;
            } else {
                endRun(output);
                if (!nextRun() && !nextBatch()) {
                    return emitted > 0 ? InputStatus.MORE_AVAILABLE : nothingNow(output);
                }
            }
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void open(ReaderOutput<T> output) {
        for (KafkaPartitionSplit assigned : unopened) {
            splits.put(
                    assigned.topicPartition(),
                    new SplitInProgress<>(assigned, output.createOutputForSplit(assigned.splitId())));
        }
        unopened.clear();
        if (emission == null) {
            emission = new Emission<>(output);
        }
    }

    private void emit(ConsumerRecord<byte[], byte[]> record) {
        SplitInProgress<T> source = split;
        Emission<T> out = emission;
        if (source == null || out == null || !source.isToRead(record.offset())) {
            return;
        }
        out.to(source.output(), record.timestamp());
        try {
            deserializer.deserialize(record, out);
        } catch (IOException e) {
            throw Problem.of(
                            KafkaErrors.KAFKA_RECORD_UNREADABLE,
                            "The record at offset " + record.offset() + " of " + record.topic() + "-"
                                    + record.partition() + " cannot be read")
                    .at(place)
                    .because(String.valueOf(e.getMessage()))
                    .fix("Correct the deserializer, or let it leave such records out")
                    .asException(e);
        }
        source.advance(record.offset() + 1);
    }

    /** All records of a partition in the batch are emitted; behind them there may have been markers. */
    private void endRun(ReaderOutput<T> output) {
        TopicPartition ended = partition;
        SplitInProgress<T> source = split;
        partition = null;
        split = null;
        records = List.of();
        next = 0;
        if (ended == null || source == null) {
            return;
        }
        source.advance(positionBehind);
        if (source.isAtEnd()) {
            splits.remove(ended);
            fetcher.remove(ended);
            output.releaseOutputForSplit(source.state().splitId());
        }
    }

    private boolean nextRun() {
        FetchedBatch from = batch;
        while (from != null && partitions.hasNext()) {
            Map.Entry<TopicPartition, OffsetAndMetadata> entry = partitions.next();
            SplitInProgress<T> read = splits.get(entry.getKey());
            if (read != null) {
                partition = entry.getKey();
                positionBehind = entry.getValue().offset();
                split = read;
                records = from.records().records(entry.getKey());
                return true;
            }
        }
        return false;
    }

    private boolean nextBatch() {
        if (batch != null) {
            markQuiet(batch);
        }
        // Asked for before the look, so that a batch that comes between the two is not slept over.
        CompletableFuture<Void> arrival = fetcher.nextArrival();
        batch = fetcher.poll();
        if (batch == null) {
            fetcher.throwIfFailed();
            available = arrival;
            return false;
        }
        partitions = batch.records().nextOffsets().entrySet().iterator();
        return true;
    }

    private void markQuiet(FetchedBatch emitted) {
        for (TopicPartition quiet : emitted.quiet()) {
            SplitInProgress<T> source = splits.get(quiet);
            if (source != null) {
                source.output().markIdle();
            }
        }
    }

    private InputStatus nothingNow(ReaderOutput<T> output) {
        if (splits.isEmpty() && noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        if (splits.isEmpty() && dealt && !idle) {
            // Nothing is read here: this must not hold the others back.
            idle = true;
            output.markIdle();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> assigned) {
        unopened.addAll(assigned);
        fetcher.add(List.copyOf(assigned));
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof SplitsDealt) {
            dealt = true;
            available.complete(null);
        }
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        List<KafkaPartitionSplit> state = new ArrayList<>(unopened);
        splits.values().forEach(read -> state.add(read.state()));
        if (committing) {
            Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
            state.forEach(read -> positions.put(read.topicPartition(), new OffsetAndMetadata(read.position())));
            snapshots.put(checkpointId, positions);
            if (snapshots.size() > SNAPSHOTS_KEPT) {
                snapshots.pollFirstEntry();
            }
        }
        return state;
    }

    /** The group's offsets are for people to watch: a restore uses those of the checkpoint. */
    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        Map<TopicPartition, OffsetAndMetadata> positions = snapshots.get(checkpointId);
        snapshots.headMap(checkpointId, true).clear();
        if (positions != null && !positions.isEmpty()) {
            fetcher.commit(positions);
        }
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
