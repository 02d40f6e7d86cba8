package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer and the committer behind it pass producers to each other: with a prepared transaction in one
 * direction, free for the next in the other. They may run on different threads.
 */
final class PreparedTransactions {
    /** While no checkpoint completes, transactions pile up; beyond this many their producers do not. */
    private static final int MOST_PRODUCERS = 8;

    private final Map<String, TransactionalProducer> waiting = new ConcurrentHashMap<>();
    private final Queue<TransactionalProducer> free = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean reusing = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Producers may be used again only where each transaction has an epoch of its own. */
    void reuse(boolean allowed) {
        reusing.set(allowed);
    }

    void add(TransactionalProducer producer) {
        if (waiting.size() >= MOST_PRODUCERS) {
            producer.abandon();
        }
        waiting.put(producer.id(), producer);
    }

    /** The producer that can commit this transaction; empty if there is none, as after a restart. */
    Optional<TransactionalProducer> find(KafkaCommittable transaction) {
        return Optional.ofNullable(waiting.get(transaction.transactionalId()))
                .filter(producer -> producer.isFor(transaction) && !producer.isAbandoned());
    }

    /** It was committed without its producer. */
    void settled(KafkaCommittable transaction) {
        waiting.computeIfPresent(
                transaction.transactionalId(), (id, producer) -> producer.isFor(transaction) ? null : producer);
    }

    /** Its transaction is committed. */
    void committed(TransactionalProducer producer) {
        waiting.remove(producer.id());
        if (!reusing.get() || closed.get()) {
            producer.abandon();
            return;
        }
        free.add(producer);
        if (closed.get()) {
            abandonFree();
        }
    }

    /** The producer cannot say what became of its transaction and is of no use any more. */
    void failed(TransactionalProducer producer) {
        waiting.remove(producer.id());
        producer.abandon();
    }

    @Nullable
    TransactionalProducer takeFree() {
        return free.poll();
    }

    /** The transactions that wait for their commit. */
    List<Prepared> waiting() {
        return waiting.values().stream().map(TransactionalProducer::state).toList();
    }

    /** Whether the writer is gone; what is committed from here on is not used again. */
    boolean isClosed() {
        return closed.get();
    }

    /** Ends all producers; prepared transactions stay as they are. */
    void close() {
        closed.set(true);
        waiting.values().forEach(TransactionalProducer::abandon);
        waiting.clear();
        abandonFree();
    }

    private void abandonFree() {
        TransactionalProducer next;
        while ((next = free.poll()) != null) {
            next.abandon();
        }
    }
}
