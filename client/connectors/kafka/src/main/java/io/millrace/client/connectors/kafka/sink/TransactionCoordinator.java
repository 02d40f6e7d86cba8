package io.millrace.client.connectors.kafka.sink;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.TransactionDescription;

/**
 * What the sink asks the cluster about transactions. Calls block for some seconds at most and throw Kafka's own
 * exceptions: a {@link org.apache.kafka.common.errors.RetriableException} is worth another try. For one thread.
 */
interface TransactionCoordinator extends AutoCloseable {

    /** The coordinator's view; empty if it knows no such id, or no longer. */
    Optional<TransactionDescription> describe(String transactionalId) throws InterruptedException;

    /** Ids that start with {@code prefix} and have a transaction open. */
    List<String> ongoing(String prefix) throws InterruptedException;

    /** Aborts what is open under these ids and fences their producers. */
    void fence(Collection<String> transactionalIds) throws InterruptedException;

    /** The cluster's finalized {@code transaction.version}: from 2 on, each transaction has an epoch of its own. */
    int transactionVersion() throws InterruptedException;

    /** Commits an open transaction that no producer of this process has. */
    void commit(KafkaCommittable transaction) throws InterruptedException;

    /** Whether committed readers see the record. */
    Visibility visibility(RecordPlace record) throws InterruptedException;

    /** Topics with names near to a missing one; empty if {@code topic} is there. */
    Optional<List<String>> missingTopic(String topic) throws InterruptedException;

    @Override
    void close();

    /** What a committed reader finds at a record's place. */
    enum Visibility {
        /** The record: its transaction was committed. */
        VISIBLE,
        /** Something behind it: its transaction was aborted. */
        ABORTED,
        /** Nothing yet: a transaction from there on, perhaps its own, is still open. */
        UNDECIDED,
        /** The place was deleted or compacted. */
        GONE
    }
}
