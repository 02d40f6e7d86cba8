package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;

/** An enumerator's context that runs its calls to the cluster when the test says so, in the test's thread. */
final class HeldCalls implements SplitEnumeratorContext<KafkaPartitionSplit> {
    private final int parallelism;
    private final ObjIntConsumer<KafkaPartitionSplit> assignments;
    private final ObjIntConsumer<SourceEvent> events;
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private final List<Runnable> periodic = new ArrayList<>();
    private final List<Integer> served = new ArrayList<>();

    HeldCalls(int parallelism, ObjIntConsumer<KafkaPartitionSplit> assignments, ObjIntConsumer<SourceEvent> events) {
        this.parallelism = parallelism;
        this.assignments = assignments;
        this.events = events;
    }

    /** Runs what waits, and what that brings about. */
    void run() {
        while (!calls.isEmpty()) {
            calls.remove().run();
        }
    }

    /** Runs the next call only. */
    void runOne() {
        calls.remove().run();
    }

    /** Lets the interval of the periodic call pass, and runs everything. */
    void lookAgain() {
        calls.addAll(periodic);
        run();
    }

    boolean isPeriodic() {
        return !periodic.isEmpty();
    }

    /** The readers that were told that no more splits follow. */
    List<Integer> served() {
        return served;
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Set<Integer> registeredReaders() {
        throw new UnsupportedOperationException("not kept here");
    }

    @Override
    public void assignSplit(KafkaPartitionSplit split, int subtaskId) {
        assignments.accept(split, subtaskId);
    }

    @Override
    public void signalNoMoreSplits(int subtaskId) {
        served.add(subtaskId);
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        events.accept(event, subtaskId);
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        calls.add(() -> call(callable, handler));
    }

    @Override
    public <R> void callAsync(
            Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis) {
        periodic.add(() -> call(callable, handler));
        callAsync(callable, handler);
    }

    private static <R> void call(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        R result = null;
        Throwable failure = null;
        try {
            result = callable.call();
        } catch (Exception e) {
            failure = e;
        }
        handler.accept(result, failure);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        throw new UnsupportedOperationException("not used");
    }
}
