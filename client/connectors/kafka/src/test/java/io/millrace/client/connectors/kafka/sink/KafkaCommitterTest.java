package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.connectors.kafka.sink.TransactionCoordinator.Visibility;
import java.util.List;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the committer makes of everything that a cluster may answer. */
class KafkaCommitterTest {
    private static final TransactionId ID = new TransactionId("p", "j", 0, 0, 0);
    private static final KafkaCommittable COMMITTABLE =
            new KafkaCommittable(ID.text(), 7, 3, new RecordPlace("t", 0, 42));

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final PreparedTransactions prepared = new PreparedTransactions();
    private final KafkaCommitter committer = new KafkaCommitter(prepared, coordinator, "the sink");

    private String ask() throws Exception {
        StepRequest request = new StepRequest(COMMITTABLE);
        committer.commit(List.of(request));
        return request.answer();
    }

    private MockProducer<byte[], byte[]> preparedProducer() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        TransactionalProducer handle = new TransactionalProducer(ID, producer);
        handle.prepare(COMMITTABLE);
        prepared.reuse(true);
        prepared.add(handle);
        return producer;
    }

    @ParameterizedTest
    @CsvSource({
        // what the coordinator says of our producer id, what a reader sees of the witness, the answer
        "COMPLETE_COMMIT,3,UNDECIDED,already",
        "COMPLETE_COMMIT,4,UNDECIDED,already",
        "PREPARE_COMMIT,4,UNDECIDED,already",
        "COMPLETE_COMMIT,5,VISIBLE,already",
        "COMPLETE_COMMIT,5,ABORTED,TXN_TIMEOUT",
        "COMPLETE_COMMIT,5,UNDECIDED,later",
        "COMPLETE_COMMIT,5,GONE,TXN_OUTCOME_UNKNOWN",
        "COMPLETE_COMMIT,2,GONE,TXN_OUTCOME_UNKNOWN",
        "ONGOING,4,VISIBLE,already",
        "ONGOING,4,ABORTED,TXN_TIMEOUT",
        "COMPLETE_ABORT,4,ABORTED,TXN_TIMEOUT",
        "COMPLETE_ABORT,4,GONE,TXN_TIMEOUT",
        "COMPLETE_ABORT,5,GONE,TXN_OUTCOME_UNKNOWN",
        "PREPARE_ABORT,4,UNDECIDED,later",
        "PREPARE_EPOCH_FENCE,4,UNDECIDED,later",
        "EMPTY,5,VISIBLE,already",
        "EMPTY,5,ABORTED,TXN_TIMEOUT"
    })
    void endedTransactionIsJudgedByCoordinatorAndLog(
            TransactionState state, int epoch, Visibility visibility, String answer) throws Exception {
        coordinator.set(ID.text(), state, 7, epoch);
        coordinator.setVisibility(visibility);
        assertThat(ask()).isEqualTo(answer);
        assertThat(coordinator.committed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"VISIBLE,already", "ABORTED,TXN_TIMEOUT", "UNDECIDED,later", "GONE,TXN_OUTCOME_UNKNOWN"})
    void forgottenTransactionIsJudgedByTheLog(Visibility visibility, String answer) throws Exception {
        coordinator.setVisibility(visibility);
        assertThat(ask()).isEqualTo(answer);
        coordinator.set(ID.text(), TransactionState.ONGOING, 8, 3);
        assertThat(ask()).as("another producer id").isEqualTo(answer);
        assertThat(coordinator.committed()).isEmpty();
    }

    @Test
    void openTransactionIsCommittedById() throws Exception {
        coordinator.set(ID.text(), TransactionState.ONGOING, 7, 3);
        assertThat(ask()).isEqualTo("committed");
        assertThat(coordinator.committed()).containsExactly(COMMITTABLE);
        assertThat(ask()).isEqualTo("already");
        assertThat(coordinator.committed()).hasSize(1);
    }

    @Test
    void ambiguousAnswerIsNeverAnOutcome() throws Exception {
        coordinator.set(ID.text(), TransactionState.ONGOING, 7, 3);
        coordinator.failCommits(new DisconnectException());
        assertThat(ask()).isEqualTo("later");
        coordinator.failCommits(new InvalidTxnStateException("ended meanwhile"));
        assertThat(ask()).isEqualTo("later");
        coordinator.failQuestions(new TimeoutException("away"));
        assertThat(ask()).isEqualTo("later");
        coordinator.failQuestions(null);
        coordinator.failCommits(null);
        assertThat(ask()).isEqualTo("committed");
    }

    @Test
    void refusedRightsAreNamed() throws Exception {
        coordinator.set(ID.text(), TransactionState.ONGOING, 7, 3);
        coordinator.failCommits(new TransactionalIdAuthorizationException("no"));
        assertThat(ask()).isEqualTo("KAFKA_ACCESS_DENIED");
    }

    @Test
    void failureNamesTheTransaction() throws Exception {
        coordinator.setVisibility(Visibility.ABORTED);
        StepRequest request = new StepRequest(COMMITTABLE);
        committer.commit(List.of(request));
        assertThat(request.failure().problem().what())
                .contains("transaction 'p-j-0-0-0'", "producer id 7", "epoch 3", "t-0@42");
        assertThat(request.failure().problem().where()).isEqualTo("the sink");
    }

    @Test
    void producerOfThisProcessCommitsAndIsUsedAgain() throws Exception {
        MockProducer<byte[], byte[]> producer = preparedProducer();
        assertThat(ask()).isEqualTo("committed");
        assertThat(producer.transactionCommitted()).isTrue();
        assertThat(prepared.waiting()).isEmpty();
        assertThat(prepared.takeFree()).isNotNull().returns(producer, TransactionalProducer::producer);
        assertThat(coordinator.committed()).isEmpty();
    }

    @Test
    void producerRepeatsACommitWhoseOutcomeItDoesNotKnow() throws Exception {
        MockProducer<byte[], byte[]> producer = preparedProducer();
        producer.commitTransactionException = new TimeoutException("away");
        assertThat(ask()).isEqualTo("later");
        assertThat(prepared.waiting()).hasSize(1);
        producer.commitTransactionException = null;
        assertThat(ask()).isEqualTo("committed");
    }

    @Test
    void producerThatWasFencedIsDroppedAndTheCoordinatorIsAsked() throws Exception {
        MockProducer<byte[], byte[]> producer = preparedProducer();
        producer.commitTransactionException = new ProducerFencedException("by a newer one");
        coordinator.set(ID.text(), TransactionState.COMPLETE_COMMIT, 7, 4);
        assertThat(ask()).isEqualTo("already");
        assertThat(producer.closed()).isTrue();
        assertThat(prepared.takeFree()).isNull();
    }

    @Test
    void producerIsNotUsedAgainOnceItsWriterIsGone() throws Exception {
        prepared.close();
        MockProducer<byte[], byte[]> producer = preparedProducer();
        assertThat(ask()).isEqualTo("committed");
        assertThat(producer.closed()).isTrue();
        assertThat(prepared.takeFree()).isNull();
    }
}
