package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.time.Duration;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * A producer and the identity of its last prepared transaction. Owned by the writer until that transaction is prepared,
 * then by the committer, then by the writer again.
 */
final class TransactionalProducer {
    private final TransactionId id;
    private final Producer<byte[], byte[]> producer;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private @Nullable KafkaCommittable prepared;
    private boolean abandoned;

    TransactionalProducer(TransactionId id, Producer<byte[], byte[]> producer) {
        this.id = id;
        this.producer = producer;
    }

    String id() {
        return id.text();
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /** Whether {@code description} is of the transaction that this producer prepared last, so of no new one. */
    boolean hasPrepared(TransactionDescription description) {
        KafkaCommittable last = prepared;
        return last != null
                && last.producerId() == description.producerId()
                && last.epoch() == description.producerEpoch();
    }

    void prepare(KafkaCommittable transaction) {
        prepared = transaction;
    }

    boolean isFor(KafkaCommittable transaction) {
        return transaction.equals(prepared);
    }

    Prepared state() {
        KafkaCommittable last = prepared;
        if (last == null) {
            throw new IllegalStateException(id() + " has prepared nothing");
        }
        return new Prepared(id.number(), last.producerId(), last.epoch());
    }

    /** Ends the producer and leaves its transaction as it is. Any time beyond zero would let it be aborted. */
    void abandon() {
        abandoned = true;
        producer.close(Duration.ZERO);
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
