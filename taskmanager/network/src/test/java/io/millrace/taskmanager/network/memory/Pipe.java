package io.millrace.taskmanager.network.memory;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.TaskManagerId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel between two data planes in memory: its ends, as far as they are open, and what is on its way between
 * them.
 */
final class Pipe {
    final ChannelId id;
    final Lane forth = new Lane();
    final Lane back = new Lane();
    private final TaskManagerId producer;
    private final TaskManagerId consumer;

    @Nullable
    InMemorySend sender;

    @Nullable
    InMemoryReceive receiver;

    /** Whether the receiving side has heard of the sending end. */
    boolean announced;

    /** Whether the sending end has closed before the receiving end opened. */
    boolean endedEarly;

    Pipe(ChannelId id, TaskManagerId producer, TaskManagerId consumer) {
        this.id = id;
        this.producer = producer;
        this.consumer = consumer;
    }

    boolean joins(TaskManagerId one, TaskManagerId other) {
        return Set.of(producer, consumer).equals(Set.of(one, other));
    }

    boolean touches(TaskManagerId one) {
        return producer.equals(one) || consumer.equals(one);
    }

    /** Fails the end that belongs to one of the two. */
    void failAt(TaskManagerId one, Problem problem) {
        if (sender != null && producer.equals(one)) {
            sender.fail(problem);
        }
        if (receiver != null && consumer.equals(one)) {
            receiver.fail(problem);
        }
    }

    /** Fails the ends that have not failed yet. */
    void fail(Problem problem) {
        forth.cut();
        back.cut();
        if (sender != null) {
            sender.fail(problem);
        }
        if (receiver != null) {
            receiver.fail(problem);
        }
    }
}
