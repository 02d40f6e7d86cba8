package io.millrace.taskmanager.runtime.source;

import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a reader acts through. Requests go back on the assignment channel. */
final class ReaderContext implements SourceReaderContext {
    private final TaskEnvironment environment;
    private final Map<String, String> configuration;
    private final TaskTime time;
    private final WakeUps wakeUps;
    private final InputChannel assignments;
    private final SourceEvents events;

    ReaderContext(
            TaskEnvironment environment,
            Map<String, String> configuration,
            TaskTime time,
            WakeUps wakeUps,
            InputChannel assignments,
            SourceEvents events) {
        this.environment = environment;
        this.configuration = configuration;
        this.time = time;
        this.wakeUps = wakeUps;
        this.assignments = assignments;
        this.events = events;
    }

    @Override
    public int getIndexOfSubtask() {
        return environment.taskInfo().getIndexOfThisSubtask();
    }

    @Override
    public int currentParallelism() {
        return environment.taskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return environment.userClassLoader();
    }

    @Override
    public Map<String, String> getConfiguration() {
        return configuration;
    }

    @Override
    public void sendSplitRequest() {
        assignments.sendBack(ReaderEvent.REQUEST_SPLIT.encode());
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
        assignments.sendBack(
                ReaderEvent.SOURCE_EVENT.encode(events.encode(event).array()));
    }

    @Override
    public long currentTimeMillis() {
        return time.currentProcessingTime();
    }

    @Override
    public long nanoTime() {
        return time.currentNanos();
    }

    @Override
    public CompletableFuture<Void> wakeUpAt(long deadlineNanos) {
        return wakeUps.at(deadlineNanos);
    }
}
