package io.millrace.taskmanager.runtime.source;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** What an enumerator acts through. Assignments leave in band on the assignment exchange. */
final class EnumeratorContext implements SplitEnumeratorContext<SourceSplit> {
    private final OperatorScope scope;
    private final Output out;
    private final int readers;
    private final SimpleVersionedSerializer<SourceSplit> splitSerializer;
    private final SourceEvents events;
    private final AsyncCalls calls;
    private final Set<Integer> registered = new TreeSet<>();
    /** Readers that get no further splits, or are at their end. */
    private final Set<Integer> served = new HashSet<>();

    EnumeratorContext(
            SourceTask task,
            Output out,
            int readers,
            SimpleVersionedSerializer<SourceSplit> splitSerializer,
            AsyncCalls calls,
            SourceEvents events) {
        this.scope = task.scope();
        this.out = out;
        this.readers = readers;
        this.splitSerializer = splitSerializer;
        this.events = events;
        this.calls = calls;
    }

    void register(int reader) {
        registered.add(reader);
    }

    void markServed(int reader) {
        served.add(reader);
    }

    boolean allServed() {
        return served.size() == readers;
    }

    @Override
    public int currentParallelism() {
        return readers;
    }

    @Override
    public Set<Integer> registeredReaders() {
        return Set.copyOf(registered);
    }

    @Override
    public void assignSplit(SourceSplit split, int subtaskId) {
        checkReader(subtaskId);
        byte[] bytes;
        try {
            bytes = splitSerializer.serialize(split);
        } catch (IOException e) {
            throw scope.failed(e);
        }
        send(new EnumeratorMessage.Assignment(subtaskId, splitSerializer.getVersion(), new OpaqueBytes(bytes)));
    }

    @Override
    public void signalNoMoreSplits(int subtaskId) {
        checkReader(subtaskId);
        if (served.add(subtaskId)) {
            send(new EnumeratorMessage.NoMoreSplits(subtaskId));
        }
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        checkReader(subtaskId);
        send(new EnumeratorMessage.Event(subtaskId, events.encode(event)));
    }

    private void checkReader(int subtaskId) {
        if (subtaskId < 0 || subtaskId >= readers) {
            throw new IllegalArgumentException("No reader " + subtaskId + ": there are " + readers);
        }
    }

    private void send(EnumeratorMessage message) {
        out.element(message, Output.NO_TIMESTAMP);
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        calls.once(callable, handler);
    }

    @Override
    public <R> void callAsync(
            Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis) {
        calls.periodic(callable, handler, initialDelayMillis, periodMillis);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        calls.post(runnable);
    }
}
