package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.Committer;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Committables that wait to be committed, in order. One is released when a checkpoint that holds it is complete, or at
 * once where no checkpoints are taken; what is to be tried again stays for the next attempt.
 */
final class CommitQueue {
    /** Not part of any snapshot yet. */
    private static final long UNSAVED = Long.MAX_VALUE;

    private final OperatorScope scope;
    private final Committer<Object> committer;
    private List<Request> waiting = new ArrayList<>();
    /** Everything that was saved with this checkpoint or an earlier one may be committed. */
    private long released;

    private long committed;

    CommitQueue(OperatorScope scope, Committer<Object> committer) {
        this.scope = scope;
        this.committer = committer;
    }

    /** Takes what has to wait for a checkpoint. */
    void add(Collection<?> committables) {
        for (Object committable : committables) {
            waiting.add(new Request(committable, UNSAVED));
        }
    }

    /** Takes what may be committed at once. */
    void addReleased(Collection<?> committables) {
        for (Object committable : committables) {
            waiting.add(new Request(committable, released));
        }
    }

    /** All that waits becomes part of a snapshot. */
    List<Object> save(long checkpoint) {
        List<Object> saved = new ArrayList<>(waiting.size());
        for (Request request : waiting) {
            request.savedBy = Math.min(request.savedBy, checkpoint);
            saved.add(request.committable);
        }
        return saved;
    }

    /** A checkpoint is complete. */
    void release(long checkpoint) {
        released = Math.max(released, checkpoint);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long committed() {
        return committed;
    }

    /** Tries to commit everything that is released. */
    void commit() throws Exception {
        List<Request> attempted = new ArrayList<>();
        List<Request> left = new ArrayList<>();
        for (Request request : waiting) {
            (request.savedBy <= released ? attempted : left).add(request);
        }
        if (attempted.isEmpty()) {
            return;
        }
        committer.commit(List.copyOf(attempted));
        List<Request> again = new ArrayList<>();
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
                again.add(request);
            } else {
                committed++;
            }
        }
        again.addAll(left);
        waiting = again;
    }

    void close() throws Exception {
        committer.close();
    }

    private static final class Request implements Committer.CommitRequest<Object> {
        private Object committable;
        /** The first checkpoint that holds it. */
        private long savedBy;

        private int retries;
        private boolean retry;
        private @Nullable Throwable failure;

        Request(Object committable, long savedBy) {
            this.committable = committable;
            this.savedBy = savedBy;
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
