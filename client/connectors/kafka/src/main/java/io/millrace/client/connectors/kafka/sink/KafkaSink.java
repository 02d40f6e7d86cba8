package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.execution.JobTerms;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.client.connectors.kafka.KafkaClients;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.Patience;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes elements as records of Kafka topics.
 *
 * <p>Exactly once: the records between two checkpoints are one transaction per writer, which becomes visible to readers
 * with {@code isolation.level=read_committed} when the checkpoint is complete. A transaction that the brokers abort
 * because the job was away for longer than {@code transaction.timeout.ms} (15 minutes unless set) is lost output: the
 * job then fails and says so. The names of transactions are {@code PREFIX-JOB-CHECKPOINT-SUBTASK-NUMBER}.
 *
 * <p>While brokers are away for up to three minutes a writer waits. Topics are not made: a missing one fails the job.
 */
public final class KafkaSink<T>
        implements Sink<T>, SupportsCommitter<KafkaCommittable>, SupportsWriterState<T, KafkaWriterState> {
    private static final long serialVersionUID = 1L;

    private final KafkaSinkSettings settings;
    private final KafkaRecordSerializationSchema<T> records;
    /** By subtask: what its writer and committer in this process share. */
    private final transient Map<Integer, PreparedTransactions> shared = new ConcurrentHashMap<>();

    KafkaSink(KafkaSinkSettings settings, KafkaRecordSerializationSchema<T> records) {
        this.settings = settings;
        this.records = records;
    }

    public static <T> KafkaSinkBuilder<T> builder() {
        return new KafkaSinkBuilder<>();
    }

    @Override
    public void validate(JobTerms terms) {
        Duration transaction = Duration.ofMillis(settings.transactionTimeoutMillis());
        if (settings.isExactlyOnce()
                && terms.isCheckpointed()
                && transaction.compareTo(terms.checkpointTimeout()) < 0) {
            throw Problem.of(
                            KafkaErrors.TXN_TIMEOUT_TOO_SHORT,
                            "transaction.timeout.ms is " + transaction.toMillis()
                                    + " ms, less than the checkpoint time-out (checkpoint.timeout) of "
                                    + terms.checkpointTimeout().toMillis() + " ms")
                    .at(settings.place())
                    .because("the brokers could abort a transaction whose checkpoint is still under way")
                    .fix("Raise transaction.timeout.ms above it (brokers allow transaction.max.timeout.ms), or lower"
                            + " the checkpoint time-out")
                    .asException();
        }
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<T, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> recovered) throws IOException {
        ElementRecords<T> elements = ElementRecords.open(records, context);
        TransactionCoordinator coordinator = new BrokerCoordinator(settings.otherClients());
        Patience patience = Patience.ofRealTime();
        Sending sending = new Sending(settings, coordinator, patience);
        if (!settings.isExactlyOnce()) {
            boolean flushing = settings.guarantee() != DeliveryGuarantee.NONE;
            return new PlainWriter<>(
                    elements, KafkaClients.producer(settings.producer()), sending, coordinator, flushing);
        }
        TaskInfo task = context.getTaskInfo();
        TransactionId identity = new TransactionId(
                settings.transactionalIdPrefix(),
                context.getJobInfo().getJobId().replace("-", ""),
                context.getRestoredCheckpointId().orElse(0),
                task.getIndexOfThisSubtask(),
                0);
        TransactionalWriter<T> writer = new TransactionalWriter<>(
                identity,
                elements,
                new TransactionalWriter.WriterTools(
                        id -> KafkaClients.producer(settings.transactionalProducer(id)),
                        sending,
                        coordinator,
                        patience,
                        settings),
                share(task));
        return start(writer, task.getNumberOfParallelSubtasks(), recovered);
    }

    private static <T> TransactionalWriter<T> start(
            TransactionalWriter<T> writer, int parallelism, Collection<KafkaWriterState> recovered) throws IOException {
        boolean started = false;
        try {
            writer.start(parallelism, recovered);
            started = true;
            return writer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a Kafka writer was starting", e);
        } finally {
            if (!started) {
                writer.close();
            }
        }
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        return new KafkaCommitter(
                share(context.getTaskInfo()), new BrokerCoordinator(settings.otherClients()), settings.place());
    }

    /** A writer and its committer are made one after the other, in either order; the next pair starts anew. */
    private PreparedTransactions share(TaskInfo task) {
        return shared.compute(
                task.getIndexOfThisSubtask(),
                (subtask, former) -> former == null || former.isClosed() ? new PreparedTransactions() : former);
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return new KafkaCommittableSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return new KafkaWriterStateSerializer();
    }

    /** What is shared within a process does not travel. */
    private Object readResolve() {
        return new KafkaSink<>(settings, records);
    }
}
