package io.millrace.taskmanager.runtime.probe;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * What a record costs from source to sink over a keyed exchange. Arguments: {@code [case] [records] [rounds]}; cases
 * are {@code one-slot}, {@code two-slots} (rings), {@code network} (Netty over loopback), each with a mutable or an
 * immutable type. Prints nanoseconds of wall and CPU time and allocated bytes per record.
 */
public final class RuntimeSpeedProbe {
    private static final String[] SENSORS = new String[1_024];
    private static final String NOTE = "everything is in order here";

    static {
        for (int i = 0; i < SENSORS.length; i++) {
            SENSORS[i] = "sensor-" + i;
        }
    }

    private RuntimeSpeedProbe() {}

    /** Runs the probe. */
    public static void main(String[] arguments) throws InterruptedException {
        String only = arguments.length > 0 ? arguments[0] : "";
        long records = arguments.length > 1 ? Long.parseLong(arguments[1]) : 5_000_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        for (String shape : new String[] {"one-slot", "two-slots", "network"}) {
            for (String type : new String[] {"mutable", "immutable"}) {
                String name = shape + " " + type;
                if (name.startsWith(only)) {
                    measure(name, shape, type.equals("mutable"), records, rounds);
                }
            }
        }
    }

    private static void measure(String name, String shape, boolean mutable, long records, int rounds)
            throws InterruptedException {
        int processes = shape.equals("network") ? 2 : 1;
        int slotsPerProcess = shape.equals("two-slots") ? 2 : 1;
        try (ProbeCluster cluster = new ProbeCluster(processes, slotsPerProcess)) {
            double[] nanos = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                nanos[round] = mutable
                        ? round(name, cluster, records, Reading.class, RuntimeSpeedProbe::reading, r -> r.sensor)
                        : round(name, cluster, records, Sample.class, RuntimeSpeedProbe::sample, Sample::sensor);
            }
            Arrays.sort(nanos);
            System.out.printf(Locale.ROOT, "%-20s median %.1f ns/record%n%n", name, nanos[rounds / 2]);
        }
    }

    private static <T> double round(
            String name,
            ProbeCluster cluster,
            long records,
            Class<T> type,
            LongFunction<T> making,
            io.millrace.api.functions.KeySelector<T, String> selector)
            throws InterruptedException {
        TypeInformation<T> information = TypeInformation.of(type);
        Keying<T, String> keying = new Keying<>(selector, TypeInformation.of(String.class));
        CountingSink<T> sink = new CountingSink<>();
        JobSketch job = cluster.sketch();
        int slots = 2;
        int source = job.source(
                new FlowSource<>(making, records / slots), slots, WatermarkStrategy.noWatermarks(), information);
        int target = job.vertex("Sink", slots, new SinkSpec<>(sink));
        job.edge(source, target, ExchangeKind.HASH, new ExchangeSpec<>(information, keying, null));

        long allocated = allocatedBytes();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        boolean single = name.startsWith("one-slot");
        cluster.run(job, (vertex, subtask) -> single ? 0 : subtask);
        double elapsed = System.nanoTime() - start;
        if (sink.total() != records / slots * slots) {
            throw new AssertionError("Counted " + sink.total());
        }
        System.out.printf(
                Locale.ROOT,
                "%-20s %8.1f ns/record %8.1f ns CPU/record %8.1f B/record %8.2f M records/s%n",
                name,
                elapsed / records,
                (double) (cpuNanos() - cpu) / records,
                (double) (allocatedBytes() - allocated) / records,
                records * 1e3 / elapsed);
        return elapsed / records;
    }

    private static Reading reading(long number) {
        Reading reading = new Reading();
        reading.sensor = SENSORS[(int) (number * 31 & 1_023)];
        reading.timestamp = number;
        reading.sequence = number;
        reading.value = number * 0.5;
        reading.note = NOTE;
        return reading;
    }

    private static Sample sample(long number) {
        return new Sample(SENSORS[(int) (number * 31 & 1_023)], number, number, number * 0.5, NOTE);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Of all threads that live now; those of the slots and event loops do. */
    private static long allocatedBytes() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
