package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.EndTxnResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * Commits a transaction by its producer id and epoch, over a connection of its own to the coordinator. Kafka's producer
 * can only commit what it began itself, and after a failure that producer is gone. This uses parts of the client
 * library that are not its public API: when they change, this file no longer compiles, and {@code TransactionsTest}
 * says whether it still does what it should. Blocks; for one thread.
 */
final class EndTransactionClient {
    private static final int TIMEOUT_MILLIS = 10_000;
    /** From this version on, a commit gives the producer id its next epoch. */
    private static final short EPOCH_PER_TRANSACTION = 2;

    private final Metrics metrics = new Metrics();
    private final ApiVersions versions = new ApiVersions();
    private final KafkaClient client;

    /** @param properties of an admin client */
    EndTransactionClient(Map<String, String> properties) {
        client = KafkaClients.withOwnClasses(() -> open(new AdminClientConfig(new HashMap<>(properties))));
    }

    private KafkaClient open(AdminClientConfig configuration) {
        return ClientUtils.createNetworkClient(
                configuration,
                configuration.getList("bootstrap.servers"),
                "millrace-commit",
                metrics,
                "commit",
                new LogContext("[commit] "),
                versions,
                Time.SYSTEM,
                1,
                TIMEOUT_MILLIS,
                null,
                new ManualMetadataUpdater(),
                new DefaultHostResolver(),
                null,
                null);
    }

    /**
     * @throws org.apache.kafka.common.KafkaException what the coordinator answered; that of a connection that broke
     *     leaves open whether the commit took place
     */
    void commit(KafkaCommittable transaction, Node coordinator) {
        try {
            if (!NetworkClientUtils.awaitReady(client, coordinator, Time.SYSTEM, TIMEOUT_MILLIS)) {
                throw new TimeoutException("no connection to " + coordinator);
            }
            EndTxnRequest.Builder request = new EndTxnRequest.Builder(
                    new EndTxnRequestData()
                            .setTransactionalId(transaction.transactionalId())
                            .setProducerId(transaction.producerId())
                            .setProducerEpoch((short) transaction.epoch())
                            .setCommitted(true),
                    transactionVersion() >= EPOCH_PER_TRANSACTION);
            ClientResponse response = NetworkClientUtils.sendAndReceive(
                    client,
                    client.newClientRequest(coordinator.idString(), request, Time.SYSTEM.milliseconds(), true),
                    Time.SYSTEM);
            Errors error = ((EndTxnResponse) response.responseBody()).error();
            if (error != Errors.NONE) {
                throw error.exception();
            }
        } catch (IOException e) {
            throw new DisconnectException("connection to " + coordinator + ": " + e.getMessage());
        }
    }

    private short transactionVersion() {
        return versions.getFinalizedFeaturesInfo().finalizedFeatures.getOrDefault("transaction.version", (short) 0);
    }

    void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            metrics.close();
        }
    }
}
