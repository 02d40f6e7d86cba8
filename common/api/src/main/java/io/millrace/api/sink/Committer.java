package io.millrace.api.sink;

import java.io.IOException;
import java.util.Collection;

/** Makes prepared output visible. Committing twice must be harmless. */
public interface Committer<CommT> {
    void commit(Collection<CommitRequest<CommT>> requests) throws IOException, InterruptedException;

    /** Releases everything; called once, in any case. */
    void close() throws Exception;

    /** One committable and what became of it; without a signal it counts as committed. */
    interface CommitRequest<CommT> {
        CommT getCommittable();

        int getNumberOfRetries();

        void retryLater();

        void updateAndRetryLater(CommT committable);

        void signalAlreadyCommitted();

        void signalFailedWithKnownReason(Throwable reason);
    }
}
