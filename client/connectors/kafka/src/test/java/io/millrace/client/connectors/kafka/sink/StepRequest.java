package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.Committer;
import io.millrace.common.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** A request to commit, and what the committer said to it last. */
final class StepRequest implements Committer.CommitRequest<KafkaCommittable> {
    private final KafkaCommittable committable;
    private String answer = "committed";
    private int retries;
    private @Nullable Throwable failure;

    StepRequest(KafkaCommittable committable) {
        this.committable = committable;
    }

    /** {@code committed}, {@code later}, {@code already} or the code of a failure. */
    String answer() {
        return answer;
    }

    MillraceException failure() {
        if (failure instanceof MillraceException coded) {
            return coded;
        }
        throw new IllegalStateException("expected a coded failure", failure);
    }

    void again() {
        answer = "committed";
        retries++;
    }

    @Override
    public KafkaCommittable getCommittable() {
        return committable;
    }

    @Override
    public int getNumberOfRetries() {
        return retries;
    }

    @Override
    public void retryLater() {
        answer = "later";
    }

    @Override
    public void updateAndRetryLater(KafkaCommittable updated) {
        throw new UnsupportedOperationException("a transaction does not change");
    }

    @Override
    public void signalAlreadyCommitted() {
        answer = "already";
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
        failure = reason;
        answer = reason instanceof MillraceException coded ? coded.code() : reason.toString();
    }
}
