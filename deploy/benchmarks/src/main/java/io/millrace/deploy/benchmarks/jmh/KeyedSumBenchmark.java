package io.millrace.deploy.benchmarks.jmh;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.Types;
import io.millrace.deploy.benchmarks.workloads.Mix;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.heap.HeapKeyedStateBackend;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One update of a keyed sum in the heap table, beside a {@link HashMap} of boxed values; keys come in random order. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx2g")
public class KeyedSumBenchmark {

    private static final int BATCH = 1_024;

    @Param({"1000", "1000000"})
    int keys;

    private final HeapKeyedStateBackend<Long> backend = new HeapKeyedStateBackend<>(
            Types.LONG, new LongHasher(), new LongSerializers(), KeyGroups.all(32_768), RestoredState.NONE);
    private final ValueState<Long> sum = backend.valueState(new ValueStateDescriptor<>("sum", Types.LONG));
    private final Map<Long, Long> map = new HashMap<>();
    private long sequence;

    /** Every key is present before anything is measured. */
    @Setup
    public void fill() throws IOException {
        for (long key = 0; key < keys; key++) {
            backend.setCurrentKey(key);
            sum.update(0L);
            map.put(key, 0L);
        }
    }

    /** The engine's table: set the key, read, update. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long heapTable() throws IOException {
        long last = 0;
        for (int i = 0; i < BATCH; i++) {
            backend.setCurrentKey(nextKey());
            Long before = sum.value();
            last = (before == null ? 0 : before) + 1_000;
            sum.update(last);
        }
        return last;
    }

    /** A map of boxed keys and values. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long hashMap() {
        long last = 0;
        for (int i = 0; i < BATCH; i++) {
            last = map.merge(nextKey(), 1_000L, Long::sum);
        }
        return last;
    }

    private Long nextKey() {
        return Long.remainderUnsigned(Mix.mix(sequence++), keys);
    }
}
