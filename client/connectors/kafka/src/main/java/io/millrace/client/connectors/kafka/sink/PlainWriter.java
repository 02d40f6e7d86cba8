package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes without transactions. At least once: a checkpoint waits until every record before it is acknowledged. */
final class PlainWriter<T>
        implements StatefulSinkWriter<T, KafkaWriterState>, CommittingSinkWriter<T, KafkaCommittable> {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final ElementRecords<T> records;
    private final Producer<byte[], byte[]> producer;
    private final Sending sending;
    private final TransactionCoordinator cluster;
    private final boolean flushing;
    private final Acknowledgements acknowledgements = new Acknowledgements();

    /** @param flushing whether checkpoints wait for acknowledgements */
    PlainWriter(
            ElementRecords<T> records,
            Producer<byte[], byte[]> producer,
            Sending sending,
            TransactionCoordinator cluster,
            boolean flushing) {
        this.records = records;
        this.producer = producer;
        this.sending = sending;
        this.cluster = cluster;
        this.flushing = flushing;
        records.ask(producer::partitionsFor);
    }

    @Override
    public void write(T element, Context context) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record = records.of(element, context);
        if (record != null) {
            sending.send(producer, record, acknowledgements);
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        if (flushing || endOfInput) {
            sending.flush(producer, acknowledgements);
        }
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() {
        return List.of();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void close() {
        producer.close(CLOSE);
        cluster.close();
    }
}
