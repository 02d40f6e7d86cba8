package io.millrace.taskmanager.runtime.source;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Futures that complete at a time. Owned by the slot's thread. */
final class WakeUps {
    private final PriorityQueue<WakeUp> waiting = new PriorityQueue<>(Comparator.comparingLong(WakeUp::deadlineNanos));

    CompletableFuture<Void> at(long deadlineNanos) {
        WakeUp wakeUp = new WakeUp(deadlineNanos, new CompletableFuture<>());
        waiting.add(wakeUp);
        return wakeUp.future();
    }

    long nextNanos() {
        WakeUp next = waiting.peek();
        return next == null ? Long.MAX_VALUE : next.deadlineNanos();
    }

    void complete(long nowNanos) {
        while (nextNanos() <= nowNanos) {
            waiting.remove().future().complete(null);
        }
    }

    private record WakeUp(long deadlineNanos, CompletableFuture<Void> future) {}
}
