package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.heap.HeapStateFactory;
import io.millrace.taskmanager.state.suite.Backends;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A running sum per key over uniformly drawn keys: processor time of the slot's thread per record on the heap, in
 * RocksDB with all keys in the cache, and with a quarter of them. A main, not a test: {@code CacheSpeedProbe
 * DIRECTORY}.
 */
final class CacheSpeedProbe {
    private static final int KEYS = 200_000;
    private static final int RECORDS = 1_000_000;
    private static final int ROUNDS = 7;
    private static final long CELL_BYTES = 216;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CacheSpeedProbe() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        long all = 2 * KEYS * CELL_BYTES * 2;
        RocksStateFactory whole = factory(directory, "whole", all);
        RocksStateFactory quarter = factory(directory, "quarter", KEYS * CELL_BYTES / 2);
        try (Backends heap = new Backends(new HeapStateFactory());
                Backends cached = new Backends(whole);
                Backends missing = new Backends(quarter)) {
            double[][] nanos = new double[3][ROUNDS];
            Sum[] sums = {new Sum(heap), new Sum(cached), new Sum(missing)};
            for (int round = -3; round < ROUNDS; round++) {
                for (int i = 0; i < sums.length; i++) {
                    double taken = sums[i].run(round);
                    if (round >= 0) {
                        nanos[i][round] = taken;
                    }
                }
            }
            print("heap", nanos[0], nanos[0]);
            print("rocksdb, all keys cached", nanos[1], nanos[0]);
            print("rocksdb, a quarter cached", nanos[2], nanos[0]);
        }
        whole.close();
        quarter.close();
    }

    private static RocksStateFactory factory(Path directory, String name, long bytes) {
        return new RocksStateFactory(directory, name, new MemoryBudget("state", bytes, "probe"), bytes);
    }

    private static void print(String name, double[] nanos, double[] heap) {
        double[] ratios = new double[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            ratios[i] = nanos[i] / heap[i];
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%-28s median %6.0f ns per record, ratio to the heap %.2f (%.2f to %.2f)%n",
                name,
                Arrays.stream(nanos).sorted().toArray()[nanos.length / 2],
                ratios[ratios.length / 2],
                ratios[0],
                ratios[ratios.length - 1]);
    }

    private static final class Sum {
        private final KeyedStateBackend<Long> backend;
        private final ValueState<Long> sum;

        Sum(Backends backends) {
            backend = backends.longKeys(Integer.MAX_VALUE);
            sum = backend.valueState(new ValueStateDescriptor<>("sum", Long.class));
        }

        double run(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            long begin = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORDS; i++) {
                backend.setCurrentKey((long) random.nextInt(KEYS));
                Long before = sum.value();
                sum.update(before == null ? 1 : before + 1);
            }
            return (double) (THREADS.getCurrentThreadCpuTime() - begin) / RECORDS;
        }
    }
}
