package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.KafkaProblems;
import io.millrace.client.connectors.kafka.Patience;
import io.millrace.client.connectors.kafka.TopicNames;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Hands records to a producer, which waits while it has no room or brokers are away; it acknowledges them later. For
 * the writer's thread.
 */
final class Sending {
    private static final String HOW_LOST =
            "it was open for longer than transaction.timeout.ms, or a newer attempt of the job runs";

    private final KafkaSinkSettings settings;
    private final TransactionCoordinator cluster;
    private final Patience patience;
    private final Set<String> topics = new HashSet<>();

    Sending(KafkaSinkSettings settings, TransactionCoordinator cluster, Patience patience) {
        this.settings = settings;
        this.cluster = cluster;
        this.patience = patience;
    }

    void send(
            Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Acknowledgements acknowledgements)
            throws InterruptedException {
        checkAcknowledged(acknowledgements);
        checkTopic(record.topic());
        try {
            // The acknowledgements are told, too.
            Future<RecordMetadata> unused = producer.send(record, acknowledgements);
        } catch (InterruptException e) {
            throw Patience.interrupted(e);
        } catch (KafkaException e) {
            throw problem(e, "A record for topic '" + record.topic() + "' was not written");
        }
    }

    /** A producer would wait minutes for a topic that is not there. */
    private void checkTopic(String topic) throws InterruptedException {
        if (topics.contains(topic)) {
            return;
        }
        Optional<List<String>> missing;
        try {
            missing = patience.call(() -> cluster.missingTopic(topic));
        } catch (KafkaException e) {
            throw problem(e, "The topic '" + topic + "' could not be looked up");
        }
        if (missing.isPresent()) {
            throw TopicNames.missing(topic, settings.brokers(), missing.get(), settings.place(), null);
        }
        topics.add(topic);
    }

    /** Waits until every record is acknowledged. */
    void flush(Producer<byte[], byte[]> producer, Acknowledgements acknowledgements) throws InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw Patience.interrupted(e);
        }
        checkAcknowledged(acknowledgements);
    }

    private void checkAcknowledged(Acknowledgements acknowledgements) {
        Exception failure = acknowledgements.failure();
        if (failure != null) {
            throw problem(failure, "A record was not written");
        }
    }

    MillraceException problem(Throwable thrown, String what) {
        Throwable cause = KafkaProblems.unwrap(thrown);
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return Problem.of(KafkaErrors.TXN_FENCED, what + ": its transaction is not this producer's any more")
                    .at(settings.place())
                    .because(cause.getMessage() + "; " + HOW_LOST)
                    .fix("If the job is not running twice, take checkpoints more often or raise transaction.timeout.ms")
                    .asException(cause);
        }
        if (cause instanceof InvalidTxnTimeoutException
                || String.valueOf(cause.getMessage()).contains(Errors.INVALID_TRANSACTION_TIMEOUT.message())) {
            return Problem.of(
                            KafkaErrors.KAFKA_SETTING_INVALID,
                            "The brokers do not allow transaction.timeout.ms=" + settings.transactionTimeoutMillis())
                    .at(settings.place())
                    .because(String.valueOf(cause.getMessage()))
                    .fix("Lower it, or raise transaction.max.timeout.ms of the brokers")
                    .asException(cause);
        }
        return KafkaProblems.of(cause, KafkaErrors.KAFKA_WRITE_FAILED, what, settings.place());
    }
}
