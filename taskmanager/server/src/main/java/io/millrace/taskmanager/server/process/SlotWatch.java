package io.millrace.taskmanager.server.process;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.slot.SlotHost;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks several times a second whether user code holds a cancellation up, and says where it is stuck. */
final class SlotWatch implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

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
                host.watch(nowNanos, task -> report(host, task));
            }
        }
        return 0;
    }

    @Override
    public long nextDeadlineNanos() {
        return nextNanos;
    }

    private static void report(SlotHost host, SubtaskId task) {
        LOG.error(
                "event=cancel-ignored job={} vertex={} subtask={} seconds=30 stack={}",
                task.job(),
                task.vertex(),
                task.index(),
                Arrays.toString(host.stackTrace()));
    }
}
