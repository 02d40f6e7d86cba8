package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.Patience;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each checkpoint's records in a transaction. At the barrier the transaction is prepared: all its records are
 * acknowledged and the coordinator has confirmed that it is open; the committer ends it. The next transaction has
 * another producer, one whose own was committed if there is one.
 */
final class TransactionalWriter<T>
        implements StatefulSinkWriter<T, KafkaWriterState>, CommittingSinkWriter<T, KafkaCommittable> {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriter.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** From this version on a producer can be used again: each of its transactions has another epoch. */
    private static final int EPOCH_PER_TRANSACTION = 2;

    private final TransactionId identity;
    private final ElementRecords<T> records;
    private final WriterTools tools;
    private final PreparedTransactions prepared;
    private int producersMade;
    private @Nullable TransactionalProducer current;

    /**
     * What a writer works with.
     *
     * @param producers makes the producer of a transactional id
     */
    record WriterTools(
            Function<String, Producer<byte[], byte[]>> producers,
            Sending sending,
            TransactionCoordinator coordinator,
            Patience patience,
            KafkaSinkSettings settings) {}

    /** @param identity of the writer, with number 0 */
    TransactionalWriter(
            TransactionId identity, ElementRecords<T> records, WriterTools tools, PreparedTransactions prepared) {
        this.identity = identity;
        this.records = records;
        this.tools = tools;
        this.prepared = prepared;
    }

    /** Aborts what earlier runs left over; called once, before anything is written. */
    void start(int parallelism, Collection<KafkaWriterState> recovered) throws InterruptedException {
        LeftoverTransactions leftovers = new LeftoverTransactions(identity, parallelism, recovered);
        try {
            tools.patience().call(() -> {
                prepared.reuse(tools.coordinator().transactionVersion() >= EPOCH_PER_TRANSACTION);
                List<String> ids = leftovers.find(tools.coordinator());
                if (!ids.isEmpty()) {
                    LOG.info("sink=kafka subtask={} event=leftovers-aborted ids={}", identity.subtask(), ids);
                    tools.coordinator().fence(ids);
                }
                return ids;
            });
        } catch (KafkaException e) {
            throw tools.sending().problem(e, "Transactions of earlier runs could not be looked for");
        }
    }

    @Override
    public void write(T element, Context context) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record = records.of(element, context);
        if (record == null) {
            return;
        }
        TransactionalProducer open = current;
        if (open == null) {
            open = begin();
            current = open;
        }
        tools.sending().send(open.producer(), record, open.acknowledgements());
    }

    private TransactionalProducer begin() throws InterruptedException {
        TransactionalProducer free = prepared.takeFree();
        TransactionalProducer next = free == null ? create() : free;
        records.ask(next.producer()::partitionsFor);
        try {
            next.producer().beginTransaction();
        } catch (KafkaException e) {
            next.abandon();
            throw tools.sending().problem(e, "No transaction '" + next.id() + "' could be begun");
        }
        return next;
    }

    private TransactionalProducer create() throws InterruptedException {
        TransactionId id = new TransactionId(
                identity.prefix(), identity.job(), identity.origin(), identity.subtask(), producersMade);
        Producer<byte[], byte[]> producer = tools.producers().apply(id.text());
        try {
            tools.patience().call(() -> {
                producer.initTransactions();
                return id;
            });
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw tools.sending().problem(e, "No producer for transactions '" + id.text() + "' could be made");
        }
        producersMade++;
        return new TransactionalProducer(id, producer);
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        TransactionalProducer open = current;
        if (open != null) {
            tools.sending().flush(open.producer(), open.acknowledgements());
        }
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() throws InterruptedException {
        TransactionalProducer open = current;
        RecordPlace witness = open == null ? null : open.acknowledgements().takePlace();
        if (open == null || witness == null) {
            return List.of();
        }
        TransactionDescription description = confirmOpen(open);
        KafkaCommittable transaction =
                new KafkaCommittable(open.id(), description.producerId(), description.producerEpoch(), witness);
        open.prepare(transaction);
        prepared.add(open);
        current = null;
        return List.of(transaction);
    }

    /** Better to fail before the checkpoint is complete than to find out afterwards that there is nothing to commit. */
    private TransactionDescription confirmOpen(TransactionalProducer open) throws InterruptedException {
        Optional<TransactionDescription> found;
        try {
            found = tools.patience().call(() -> tools.coordinator().describe(open.id()));
        } catch (KafkaException e) {
            throw tools.sending().problem(e, "Transaction '" + open.id() + "' could not be prepared");
        }
        if (found.isEmpty() || found.get().state() != TransactionState.ONGOING || open.hasPrepared(found.get())) {
            throw lost(open, found.map(TransactionDescription::toString).orElse("the coordinator does not know it"));
        }
        return found.get();
    }

    private MillraceException lost(TransactionalProducer open, String found) {
        return Problem.of(
                        KafkaErrors.TXN_TIMEOUT,
                        "Transaction '" + open.id() + "' was ended before its checkpoint: nothing of it is visible")
                .at(tools.settings().place())
                .because("expected it open, found " + found)
                .fix("Nothing is lost if the job goes on from its last checkpoint; take checkpoints more often, or"
                        + " raise transaction.timeout.ms")
                .asException();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) {
        return List.of(new KafkaWriterState(
                identity.prefix(), identity.job(), identity.origin(), identity.subtask(), prepared.waiting()));
    }

    /** Aborts what is not prepared; what is prepared belongs to its checkpoint. */
    @Override
    public void close() {
        TransactionalProducer open = current;
        current = null;
        try {
            if (open != null) {
                // A broken producer has nothing to abort, and would only wait.
                boolean broken = open.acknowledgements().failure() != null;
                open.producer().close(broken ? Duration.ZERO : CLOSE);
            }
        } finally {
            prepared.close();
            tools.coordinator().close();
        }
    }
}
