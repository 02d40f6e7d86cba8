package io.millrace.taskmanager.server.process;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.taskmanager.runtime.slot.SlotHost;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks often enough whether user code holds a slot or a cancellation up that 100 ms are noticed within 150. */
final class SlotWatch implements Agent {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<SlotHost> hosts;
    private long nextNanos = Long.MIN_VALUE;

    SlotWatch(List<SlotHost> hosts) {
        this.hosts = hosts;
    }

    @Override
    public String name() {
        return "slot watch";
    }

    @Override
    public int step(long nowNanos) {
        if (nextNanos == Long.MIN_VALUE || nowNanos - nextNanos >= 0) {
            nextNanos = nowNanos + INTERVAL_NANOS;
            for (SlotHost host : hosts) {
                host.watch(nowNanos);
            }
        }
        return 0;
    }

    @Override
    public long nextDeadlineNanos() {
        return nextNanos;
    }
}
