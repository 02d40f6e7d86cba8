package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.Committer;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.KafkaProblems;
import io.millrace.client.connectors.kafka.Patience;
import io.millrace.common.core.error.Problem;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits prepared transactions: by their own producer while that lives, else by producer id and epoch. Every call for
 * a transaction ends in one of: committed now; known to have been committed before; tried again later, because nobody
 * could say; known to be lost. An error is never taken for either outcome: after each one the coordinator is asked, and
 * where it has forgotten, the log.
 */
final class KafkaCommitter implements Committer<KafkaCommittable> {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCommitter.class);

    private final PreparedTransactions prepared;
    private final TransactionCoordinator coordinator;
    private final String place;

    /** What is known of a transaction. */
    private enum Verdict {
        COMMITTED_NOW,
        COMMITTED_BEFORE,
        UNDECIDED,
        ABORTED,
        UNKNOWABLE
    }

    KafkaCommitter(PreparedTransactions prepared, TransactionCoordinator coordinator, String place) {
        this.prepared = prepared;
        this.coordinator = coordinator;
        this.place = place;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws InterruptedException {
        for (CommitRequest<KafkaCommittable> request : requests) {
            commit(request);
        }
    }

    private void commit(CommitRequest<KafkaCommittable> request) throws InterruptedException {
        KafkaCommittable transaction = request.getCommittable();
        try {
            Optional<TransactionalProducer> producer = prepared.find(transaction);
            boolean done = producer.isPresent() && commitByItsProducer(producer.get());
            if (!done) {
                settle(request, judge(transaction));
            }
        } catch (InterruptException e) {
            throw Patience.interrupted(e);
        } catch (RetriableException e) {
            later(request, e.toString());
        } catch (KafkaException e) {
            request.signalFailedWithKnownReason(KafkaProblems.of(
                    e, KafkaErrors.KAFKA_WRITE_FAILED, "The commit of " + transaction + " was refused", place));
        }
    }

    /** @return false if the producer cannot commit and the coordinator has to be asked why */
    private boolean commitByItsProducer(TransactionalProducer producer) {
        try {
            producer.producer().commitTransaction();
        } catch (InterruptException | RetriableException e) {
            // The producer allows to repeat a commit whose outcome it does not know.
            throw e;
        } catch (KafkaException e) {
            LOG.warn("sink=kafka transaction={} event=commit-refused reason={}", producer.id(), e.toString());
            prepared.failed(producer);
            return false;
        }
        prepared.committed(producer);
        return true;
    }

    private Verdict judge(KafkaCommittable transaction) throws InterruptedException {
        Optional<TransactionDescription> description = coordinator.describe(transaction.transactionalId());
        if (description.filter(found -> isOpen(found, transaction)).isPresent()) {
            return commitOpen(transaction);
        }
        if (description.filter(found -> isCommitted(found, transaction)).isPresent()) {
            return Verdict.COMMITTED_BEFORE;
        }
        return switch (coordinator.visibility(transaction.witness())) {
            case VISIBLE -> Verdict.COMMITTED_BEFORE;
            case ABORTED -> Verdict.ABORTED;
            case UNDECIDED -> Verdict.UNDECIDED;
            case GONE ->
                description.filter(found -> isAborted(found, transaction)).isPresent()
                        ? Verdict.ABORTED
                        : Verdict.UNKNOWABLE;
        };
    }

    private Verdict commitOpen(KafkaCommittable transaction) throws InterruptedException {
        try {
            coordinator.commit(transaction);
            return Verdict.COMMITTED_NOW;
        } catch (InterruptException | RetriableException e) {
            throw e;
        } catch (org.apache.kafka.common.errors.AuthorizationException
                | org.apache.kafka.common.errors.AuthenticationException e) {
            throw e;
        } catch (KafkaException e) {
            // It was open a moment ago: the next look shows what it became.
            LOG.warn("sink=kafka event=commit-refused {} reason={}", transaction, e.toString());
            return Verdict.UNDECIDED;
        }
    }

    private static boolean isOpen(TransactionDescription found, KafkaCommittable transaction) {
        return found.state() == TransactionState.ONGOING
                && found.producerId() == transaction.producerId()
                && found.producerEpoch() == transaction.epoch();
    }

    private static boolean isCommitted(TransactionDescription found, KafkaCommittable transaction) {
        return isEnded(found, transaction)
                && (found.state() == TransactionState.PREPARE_COMMIT
                        || found.state() == TransactionState.COMPLETE_COMMIT);
    }

    private static boolean isAborted(TransactionDescription found, KafkaCommittable transaction) {
        return isEnded(found, transaction)
                && (found.state() == TransactionState.PREPARE_ABORT
                        || found.state() == TransactionState.COMPLETE_ABORT
                        || found.state() == TransactionState.PREPARE_EPOCH_FENCE);
    }

    /** Its end raises the epoch by one where each transaction has its own, and with a time-out everywhere. */
    private static boolean isEnded(TransactionDescription found, KafkaCommittable transaction) {
        return found.producerId() == transaction.producerId()
                && (found.producerEpoch() == transaction.epoch() || found.producerEpoch() == transaction.epoch() + 1);
    }

    private void settle(CommitRequest<KafkaCommittable> request, Verdict verdict) {
        KafkaCommittable transaction = request.getCommittable();
        switch (verdict) {
            case COMMITTED_NOW -> prepared.settled(transaction);
            case COMMITTED_BEFORE -> {
                prepared.settled(transaction);
                request.signalAlreadyCommitted();
            }
            case UNDECIDED -> later(request, "it is not decided yet");
            case ABORTED ->
                request.signalFailedWithKnownReason(Problem.of(
                                KafkaErrors.TXN_TIMEOUT, "The broker aborted " + transaction + ": its records are lost")
                        .at(place)
                        .because("it was open for longer than its transaction.timeout.ms, or an administrator or"
                                + " another job with the same transactional id ended it")
                        .fix("Run the job from an older savepoint to write them again; raise"
                                + " transaction.timeout.ms (and the broker's transaction.max.timeout.ms) above the"
                                + " longest outage")
                        .asException());
            case UNKNOWABLE ->
                request.signalFailedWithKnownReason(Problem.of(
                                KafkaErrors.TXN_OUTCOME_UNKNOWN,
                                "Nobody knows whether " + transaction + " was committed")
                        .at(place)
                        .because("the coordinator has forgotten it, and the log no longer holds its records")
                        .fix("Compare input and output yourself; run the job from a later checkpoint")
                        .asException());
        }
    }

    private static void later(CommitRequest<KafkaCommittable> request, String reason) {
        if (request.getNumberOfRetries() == 0) {
            LOG.warn("sink=kafka event=commit-delayed {} reason={}", request.getCommittable(), reason);
        }
        request.retryLater();
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
