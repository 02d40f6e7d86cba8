package io.millrace.client.connectors.files;

import io.millrace.api.sink.Committer;
import org.jspecify.annotations.Nullable;

/** One part file on its way, and what its committer said last. */
final class ScriptedCommit implements Committer.CommitRequest<FileCommittable> {
    final FileCommittable part;
    boolean retry;
    boolean already;

    @Nullable
    Throwable failure;

    ScriptedCommit(FileCommittable part) {
        this.part = part;
    }

    @Override
    public FileCommittable getCommittable() {
        return part;
    }

    @Override
    public int getNumberOfRetries() {
        return 0;
    }

    @Override
    public void retryLater() {
        retry = true;
    }

    @Override
    public void updateAndRetryLater(FileCommittable committable) {
        throw new AssertionError("a part file never changes");
    }

    @Override
    public void signalAlreadyCommitted() {
        already = true;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
        failure = reason;
    }
}
