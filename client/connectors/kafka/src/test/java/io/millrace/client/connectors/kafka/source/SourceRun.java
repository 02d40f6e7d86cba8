package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A source in one run of its job: enumerator and readers in one thread, state through bytes. */
final class SourceRun implements AutoCloseable {
    private static final long ARRIVAL_SECONDS = 30;

    private final KafkaSource<String> source;
    private final HeldCalls calls;
    private final SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> enumerator;
    private final List<SourceReader<String, KafkaPartitionSplit>> readers = new ArrayList<>();
    private final List<ReadElements> outputs = new ArrayList<>();

    /** What a checkpoint holds. */
    record State(KafkaEnumeratorState enumerator, List<KafkaPartitionSplit> splits) {}

    SourceRun(KafkaSource<String> source, int parallelism) throws Exception {
        this(source, parallelism, null);
    }

    SourceRun(KafkaSource<String> source, int parallelism, @Nullable State restored) throws Exception {
        this.source = source;
        this.calls = new HeldCalls(
                parallelism,
                (split, reader) -> readers.get(reader).addSplits(List.of(split)),
                (event, reader) -> readers.get(reader).handleSourceEvents(event));
        this.enumerator = restored == null
                ? source.createEnumerator(calls)
                : source.restoreEnumerator(calls, restored.enumerator());
        for (int i = 0; i < parallelism; i++) {
            SourceReader<String, KafkaPartitionSplit> reader = source.createReader(new Context(i, parallelism));
            readers.add(reader);
            outputs.add(new ReadElements());
            if (restored != null) {
                int subtask = i;
                reader.addSplits(restored.splits().stream()
                        .filter(split -> split.partition() % parallelism == subtask)
                        .toList());
            }
            reader.start();
        }
        boolean started = false;
        try {
            begin();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private void begin() {
        enumerator.start();
        for (int i = 0; i < readers.size(); i++) {
            enumerator.addReader(i);
        }
        calls.run();
        calls.served().forEach(reader -> readers.get(reader).notifyNoMoreSplits());
    }

    HeldCalls calls() {
        return calls;
    }

    ReadElements output(int reader) {
        return outputs.get(reader);
    }

    /** All elements so far. */
    List<String> elements() {
        return outputs.stream().flatMap(output -> output.elements().stream()).toList();
    }

    /** Polls all readers until there are as many elements as that. */
    List<String> readUntil(int count) throws Exception {
        while (elements().size() < count) {
            List<CompletableFuture<Void>> waiting = new ArrayList<>();
            boolean more = false;
            for (int i = 0; i < readers.size(); i++) {
                InputStatus status = readers.get(i).pollNext(outputs.get(i));
                more |= status == InputStatus.MORE_AVAILABLE;
                waiting.add(readers.get(i).isAvailable());
            }
            if (!more) {
                CompletableFuture.anyOf(waiting.toArray(CompletableFuture<?>[]::new))
                        .get(ARRIVAL_SECONDS, TimeUnit.SECONDS);
            }
        }
        return elements();
    }

    /** Polls all readers until each has ended. */
    List<String> readToEnd() throws Exception {
        for (int i = 0; i < readers.size(); i++) {
            InputStatus status = readers.get(i).pollNext(outputs.get(i));
            while (status != InputStatus.END_OF_INPUT) {
                if (status == InputStatus.NOTHING_AVAILABLE) {
                    readers.get(i).isAvailable().get(ARRIVAL_SECONDS, TimeUnit.SECONDS);
                }
                status = readers.get(i).pollNext(outputs.get(i));
            }
        }
        return elements();
    }

    InputStatus poll(int reader) throws Exception {
        return readers.get(reader).pollNext(outputs.get(reader));
    }

    State snapshot(long checkpoint) throws Exception {
        List<KafkaPartitionSplit> splits = new ArrayList<>();
        for (SourceReader<String, KafkaPartitionSplit> reader : readers) {
            for (KafkaPartitionSplit split : reader.snapshotState(checkpoint)) {
                splits.add(throughBytes(source.getSplitSerializer(), split));
            }
        }
        return new State(
                throughBytes(source.getEnumeratorCheckpointSerializer(), enumerator.snapshotState(checkpoint)), splits);
    }

    private static <E> E throughBytes(SimpleVersionedSerializer<E> serializer, E value) throws Exception {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(value));
    }

    void complete(long checkpoint) throws Exception {
        for (SourceReader<String, KafkaPartitionSplit> reader : readers) {
            reader.notifyCheckpointComplete(checkpoint);
        }
    }

    @Override
    public void close() {
        try {
            for (SourceReader<String, KafkaPartitionSplit> reader : readers) {
                reader.close();
            }
            enumerator.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record Context(int getIndexOfSubtask, int currentParallelism) implements SourceReaderContext {
        @Override
        public ClassLoader getUserCodeClassLoader() {
            return SourceRun.class.getClassLoader();
        }

        @Override
        public Map<String, String> getConfiguration() {
            return Map.of();
        }

        @Override
        public void sendSplitRequest() {
            throw new IllegalStateException("readers of Kafka do not ask");
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            throw new IllegalStateException("readers of Kafka tell nothing");
        }

        @Override
        public long currentTimeMillis() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public CompletableFuture<Void> wakeUpAt(long deadlineNanos) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
