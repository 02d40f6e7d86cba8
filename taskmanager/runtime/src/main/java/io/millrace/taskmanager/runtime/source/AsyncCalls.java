package io.millrace.taskmanager.runtime.source;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs an enumerator's blocking calls on workers and brings their results back to its thread as mails. At most as many
 * calls are under way as the mailbox has room for, so a result is never refused; further ones wait here. All methods
 * but {@link #post} are for the slot's thread.
 */
final class AsyncCalls {
    private static final int MAX_UNDER_WAY = 64;
    private static final int MAX_POSTED = 1_024;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String name;
    private final Workers workers;
    private final TaskTime time;
    private final Mailbox<Runnable> results;
    private final Mailbox<Runnable> posted;
    private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
    private final List<Call<?>> scheduled = new ArrayList<>();
    private int underWay;

    AsyncCalls(SourceTask task) {
        this.name = task.scope().name();
        this.workers = task.workers();
        this.time = task.time();
        this.results = new Mailbox<>("results of " + name, MAX_UNDER_WAY, task.signal());
        this.posted = new Mailbox<>("calls of " + name, MAX_POSTED, task.signal());
    }

    <R> void once(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        submit(new Call<>(callable, handler, 0));
    }

    <R> void periodic(
            Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis) {
        Call<R> call = new Call<>(callable, handler, Math.max(1, periodMillis) * NANOS_PER_MILLI);
        call.dueNanos = time.nanos() + Math.max(0, initialDelayMillis) * NANOS_PER_MILLI;
        scheduled.add(call);
    }

    /** Any thread: runs {@code action} on the enumerator's thread. */
    void post(Runnable action) {
        if (!posted.post(action)) {
            throw new IllegalStateException("More than " + MAX_POSTED + " calls wait for the enumerator's thread");
        }
    }

    /** Runs handlers of finished calls and posted actions. @return how many */
    int runArrived() {
        int ran = 0;
        Runnable next;
        while ((next = results.poll()) != null) {
            underWay--;
            next.run();
            ran++;
        }
        while (ran < MAX_POSTED && (next = posted.poll()) != null) {
            next.run();
            ran++;
        }
        while (underWay < MAX_UNDER_WAY && !waiting.isEmpty()) {
            begin(waiting.remove());
        }
        return ran;
    }

    long nextNanos() {
        long next = Long.MAX_VALUE;
        for (Call<?> call : scheduled) {
            next = Math.min(next, call.dueNanos);
        }
        return next;
    }

    void beginDue() {
        for (Call<?> call : scheduled) {
            if (call.dueNanos <= time.nanos()) {
                // Due again when its result is here, so that a slow call never piles up.
                call.dueNanos = Long.MAX_VALUE;
                submit(call);
            }
        }
    }

    private void submit(Call<?> call) {
        if (underWay < MAX_UNDER_WAY) {
            begin(call);
        } else {
            waiting.add(call);
        }
    }

    private void begin(Call<?> call) {
        underWay++;
        call.startedNanos = time.nanos();
        workers.run(name, call);
    }

    /** One call; runs on a worker, and its handler on the enumerator's thread. */
    private final class Call<R> implements Runnable {
        private final Callable<R> callable;
        private final BiConsumer<R, Throwable> handler;
        /** 0 for a call that is made once. */
        private final long periodNanos;

        private long startedNanos;
        private long dueNanos = Long.MAX_VALUE;

        Call(Callable<R> callable, BiConsumer<R, Throwable> handler, long periodNanos) {
            this.callable = callable;
            this.handler = handler;
            this.periodNanos = periodNanos;
        }

        @Override
        public void run() {
            R result = null;
            Throwable failure = null;
            try {
                result = callable.call();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            finish(result, failure);
        }

        private void finish(@Nullable R result, @Nullable Throwable failure) {
            results.post(() -> {
                if (periodNanos > 0) {
                    dueNanos = Math.max(time.nanos(), startedNanos + periodNanos);
                }
                handler.accept(result, failure);
            });
        }
    }
}
