package io.millrace.deploy.benchmarks.jmh;

import io.millrace.common.core.concurrent.Ring;
import io.millrace.common.core.concurrent.Waker;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.Control;

/** What handing one item over a ring costs: within a thread, and from one thread to another. */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RingBenchmark {

    private static final int BATCH = 256;
    private static final Object ITEM = new Object();

    private final Ring<Object> ring = new Ring<>(1_024, Waker.NOBODY, Waker.NOBODY);

    /** Offers a batch and polls it again on the same thread. */
    @Benchmark
    @Group("oneThread")
    @OperationsPerInvocation(BATCH)
    public void offerAndPoll(Blackhole blackhole) {
        for (int i = 0; i < BATCH; i++) {
            ring.offer(ITEM);
        }
        for (int i = 0; i < BATCH; i++) {
            blackhole.consume(ring.poll());
        }
    }

    /** Offers a batch to the other thread, spinning while there is no room. */
    @Benchmark
    @Group("twoThreads")
    @OperationsPerInvocation(BATCH)
    public void offer(Control control) {
        for (int i = 0; i < BATCH; i++) {
            while (!ring.offer(ITEM)) {
                if (control.stopMeasurement) {
                    return;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Polls a batch of the other thread, spinning while there is none. */
    @Benchmark
    @Group("twoThreads")
    @OperationsPerInvocation(BATCH)
    public void poll(Control control, Blackhole blackhole) {
        for (int i = 0; i < BATCH; i++) {
            Object item = ring.poll();
            while (item == null) {
                if (control.stopMeasurement) {
                    return;
                }
                Thread.onSpinWait();
                item = ring.poll();
            }
            blackhole.consume(item);
        }
    }
}
