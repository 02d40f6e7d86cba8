package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.CollectedBatches;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutionResult;
import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.plan.builder.PlanCodec;
import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceHarness;
import io.millrace.api.source.lib.CollectionSource;
import io.millrace.api.source.lib.RangeSplit;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.Types;
import io.millrace.api.util.CloseableIterator;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.execution.JobStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Elements given by a program, and results collected by it, with the serializers that do it in production. */
class BuiltInSourcesAndSinksTest {

    record Visit(String user, List<Integer> pages) {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    /** Runs no job: reads the elements of its source and writes them to its collecting sink, in this thread. */
    private static final class Replay implements JobClient {
        private final JobGraph graph;
        boolean cancelled;

        Replay(JobGraph graph) {
            this.graph = graph;
        }

        @Override
        public JobId getJobID() {
            return new JobId(0, 1);
        }

        @Override
        public CompletableFuture<JobStatus> getJobStatus() {
            return CompletableFuture.completedFuture(JobStatus.RUNNING);
        }

        @Override
        public CompletableFuture<Void> cancel() {
            cancelled = true;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
            return CompletableFuture.completedFuture(new JobExecutionResult(getJobID(), 0));
        }

        @Override
        public CollectedBatches collect(int operatorId) {
            try {
                return new Batches(batches(operatorId));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @SuppressWarnings("unchecked")
        private Deque<byte[]> batches(int operatorId) throws Exception {
            SinkSpec<Object> sink = (SinkSpec<Object>)
                    PlanCodec.readOperator(payload(graph, operatorId), loader()).spec();
            Writers context = new Writers();
            SinkWriter<Object> writer = sink.sink().createWriter(context);
            for (Object element : elements(graph, 1)) {
                writer.write(element, NO_TIME);
            }
            writer.flush(true);
            writer.close();
            return context.batches;
        }
    }

    private record Batches(Deque<byte[]> left) implements CollectedBatches {
        @Override
        public byte @Nullable [] next() {
            return left.poll();
        }

        @Override
        public void close() {}
    }

    /** Gives every element a batch of its own, but for every third, which shares the one before. */
    private static final class Writers implements WriterInitContext, CollectedResults {
        final Deque<byte[]> batches = new ArrayDeque<>();
        private int count;

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void add(byte[] bytes, int offset, int length) {
            BinaryWriter batch = new BinaryWriter(64);
            if (count++ % 3 == 2) {
                byte[] before = batches.removeLast();
                batch.write(before, 0, before.length);
            }
            batch.writeInt(length);
            batch.write(bytes, offset, length);
            batches.add(Arrays.copyOf(batch.bytes(), batch.position()));
        }

        @Override
        public TaskInfo getTaskInfo() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public JobInfo getJobInfo() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public ClassLoader getUserCodeClassLoader() {
            return loader();
        }

        @Override
        public long currentTimeMillis() {
            return 0;
        }

        @Override
        public boolean isCheckpointed() {
            return false;
        }

        @Override
        public OptionalLong getRestoredCheckpointId() {
            return OptionalLong.empty();
        }

        @Override
        public OutputLines outputLines() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public CollectedResults collectedResults() {
            return this;
        }
    }

    private static final SinkWriter.Context NO_TIME = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    private static ClassLoader loader() {
        return BuiltInSourcesAndSinksTest.class.getClassLoader();
    }

    private static byte[] payload(JobGraph graph, int operatorId) {
        return graph.vertices().stream()
                .flatMap(vertex -> vertex.operators().stream())
                .filter(node -> node.id() == operatorId)
                .map(OperatorNode::payload)
                .findFirst()
                .orElseThrow()
                .array();
    }

    /** The elements that the job's one source gives, reader after reader. */
    @SuppressWarnings("unchecked")
    private static List<Object> elements(JobGraph graph, int parallelism) throws Exception {
        int sourceId = graph.vertices().get(1).head().id();
        SourceSpec<Object, RangeSplit> spec = (SourceSpec<Object, RangeSplit>)
                PlanCodec.readOperator(payload(graph, sourceId), loader()).spec();
        Source<Object, RangeSplit, List<RangeSplit>> source =
                (Source<Object, RangeSplit, List<RangeSplit>>) spec.source();
        SourceHarness<Object, RangeSplit, List<RangeSplit>> harness = new SourceHarness<>(source, parallelism);
        harness.runToEnd();
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            all.addAll(harness.elements(i));
        }
        return all;
    }

    private final StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

    private List<Object> throughTheSource(DataStream<?> stream, int parallelism) throws Exception {
        stream.print();
        return elements(env.getJobGraph("test"), parallelism);
    }

    @Test
    void mixedElementsKeepTheirClassesAndTheirOrder() throws Exception {
        List<Object> mixed = List.of("Hello", "World", 123, 45.67, true, new Visit("u", List.of(1)), Colour.GREEN);
        DataStream<Object> stream = env.fromCollection(mixed);
        assertThat(stream.getType()).isEqualTo(Types.DYNAMIC);
        assertThat(throughTheSource(stream, 1)).isEqualTo(mixed);
    }

    @Test
    void elementsOfOneClassHaveItsType() {
        assertThat(env.fromData(1, 2).getType()).isEqualTo(Types.INT);
        assertThat(env.fromData(Colour.RED, Colour.GREEN).getType()).isEqualTo(Types.ENUM(Colour.class));
        assertThat(env.fromData(Tuple2.of("a", 1), Tuple2.of("b", 2)).getType().describe())
                .isEqualTo("Tuple2<String, Integer>");
        assertThat(env.fromData(List.of(Tuple2.of("a", 1), Tuple2.of("b", 2L)))
                        .getType()
                        .describe())
                .isEqualTo("Tuple2<String, Object>");
        assertThat(env.fromData(List.of(List.of("a"), List.of("b", "c"))).getType())
                .isEqualTo(Types.DYNAMIC);
        assertThat(env.fromData(Types.LONG, 1L).getType()).isEqualTo(Types.LONG);
    }

    @Test
    void collectionsTuplesAndEnumsComeBackEqual() throws Exception {
        List<Object> elements = List.of(List.of("a", "b"), Map.of("k", 1), Tuple2.of("x", List.of(1L)), Optional.of(2));
        assertThat(throughTheSource(env.fromCollection(elements), 1)).isEqualTo(elements);
    }

    @Test
    void everyElementComesOnceWithSeveralReaders() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            numbers.add(i);
        }
        assertThat(throughTheSource(env.fromData(numbers), 3)).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void anEmptyCollectionGivesNothing() throws Exception {
        assertThat(throughTheSource(env.fromData(List.of()), 2)).isEmpty();
    }

    @Test
    void readingGoesOnFromThePosition() throws Exception {
        CollectionSource<String> source = CollectionSource.of(List.of("a", "b", "c", "d"), Types.STRING);
        SourceHarness<String, RangeSplit, List<RangeSplit>> first = new SourceHarness<>(source, 1);
        first.poll(0, 2);
        SourceHarness<String, RangeSplit, List<RangeSplit>> second = new SourceHarness<>(source, 1);
        second.runToEnd();
        assertThat(first.snapshot(0)).containsExactly(new RangeSplit("0", 2, 4));
        SourceHarness<String, RangeSplit, List<RangeSplit>> third = new SourceHarness<>(source, 2);
        third.giveBack(first.snapshot(0), 0);
        third.runToEnd();
        List<String> all = new ArrayList<>(third.elements(0));
        all.addAll(third.elements(1));
        assertThat(all).containsExactlyInAnyOrder("a", "b", "c", "d", "c", "d");
    }

    @Test
    void elementThatIsNullIsRefusedWithItsIndexAndLine() {
        env.fromData(Arrays.asList("a", null)).print();
        assertThatThrownBy(() -> env.getJobGraph("test"))
                .hasMessageContaining("[BAD_ARGUMENT] Element 1 (from 0) of a collection is null")
                .hasMessageContaining("BuiltInSourcesAndSinksTest.java:");
    }

    /** Has neither a constructor without arguments nor is it a record. */
    static final class Closed {
        final int value;

        Closed(int value) {
            this.value = value;
        }
    }

    @Test
    void elementWithoutSerializerIsRefusedAlsoAmongOthers() {
        env.fromData(new Closed(1)).print();
        assertThatThrownBy(() -> env.getJobGraph("test"))
                .hasMessageContaining("[TYPE_NOT_SERIALIZABLE]")
                .hasMessageContaining("Closed");
        StreamExecutionEnvironment other = StreamExecutionEnvironment.getExecutionEnvironment();
        other.fromData(List.<Object>of("a", new Closed(1))).print();
        assertThatThrownBy(() -> other.getJobGraph("test"))
                .hasMessageContaining("[TYPE_NOT_SERIALIZABLE]")
                .hasMessageContaining("Closed");
    }

    @Test
    void keyWithoutEqualityByContentIsRefusedWithItsLine() {
        env.fromSequence(1, 2).keyBy(x -> Map.of(x, x)).reduce(Long::sum).print();
        assertThatThrownBy(() -> env.getJobGraph("test"))
                .hasMessageContaining("[TYPE_NOT_A_KEY]")
                .hasMessageContaining("BuiltInSourcesAndSinksTest.java:");
    }

    @Test
    void collectedElementsComeBackAcrossBatches() {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            visits.add(new Visit("u" + i, List.of(i)));
        }
        List<Replay> jobs = new ArrayList<>();
        try (ExecutionContext.Scope scope = replaying(jobs).install()) {
            StreamExecutionEnvironment running = StreamExecutionEnvironment.getExecutionEnvironment();
            try (CloseableIterator<Visit> collected = running.fromData(visits).executeAndCollect("collecting")) {
                List<Visit> all = new ArrayList<>();
                collected.forEachRemaining(all::add);
                assertThat(all).isEqualTo(visits);
            }
            assertThat(running.fromData(visits).executeAndCollect(4)).isEqualTo(visits.subList(0, 4));
            assertThat(running.fromData(visits).executeAndCollect("more", 40)).isEqualTo(visits);
            assertThat(scope).isNotNull();
        }
        assertThat(jobs).extracting(job -> job.graph.name()).contains("collecting", "more");
        assertThat(jobs)
                .extracting(job -> job.cancelled)
                .as("only what is closed before its end")
                .containsExactly(false, true, false);
    }

    private static ExecutionContext replaying(List<Replay> jobs) {
        return ExecutionContext.of(graph -> {
            Replay job = new Replay(graph);
            jobs.add(job);
            return job;
        });
    }
}
