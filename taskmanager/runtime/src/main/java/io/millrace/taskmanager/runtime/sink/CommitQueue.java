package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.Committer;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Committables that wait to be committed, in order. As long as there are no checkpoints they are committed as soon as
 * they are prepared; what is to be tried again stays for the next attempt.
 */
final class CommitQueue {
    private final OperatorScope scope;
    private final Committer<Object> committer;
    private List<Request> waiting = new ArrayList<>();
    private long committed;

    CommitQueue(OperatorScope scope, Committer<Object> committer) {
        this.scope = scope;
        this.committer = committer;
    }

    void add(Collection<?> committables) {
        for (Object committable : committables) {
            waiting.add(new Request(committable));
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long committed() {
        return committed;
    }

    /** Tries to commit everything that waits. */
    void commit() throws Exception {
        if (waiting.isEmpty()) {
            return;
        }
        List<Request> attempted = waiting;
        committer.commit(List.copyOf(attempted));
        waiting = new ArrayList<>();
        for (Request request : attempted) {
            Throwable failure = request.failure;
            if (failure != null) {
                throw scope.failed(
                        scope.problem(RuntimeErrors.COMMIT_FAILED, "The committer gave up on " + request.committable)
                                .because(failure.toString())
                                .fix("See the reason; what was prepared is not visible at the destination")
                                .asException(failure));
            }
            if (request.retry) {
                request.retry = false;
                request.retries++;
                waiting.add(request);
            } else {
                committed++;
            }
        }
    }

    void close() throws Exception {
        committer.close();
    }

    private static final class Request implements Committer.CommitRequest<Object> {
        private Object committable;
        private int retries;
        private boolean retry;
        private @Nullable Throwable failure;

        Request(Object committable) {
            this.committable = committable;
        }

        @Override
        public Object getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return retries;
        }

        @Override
        public void retryLater() {
            retry = true;
        }

        @Override
        public void updateAndRetryLater(Object updated) {
            committable = updated;
            retry = true;
        }

        @Override
        public void signalAlreadyCommitted() {
            retry = false;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            failure = reason;
        }
    }
}
