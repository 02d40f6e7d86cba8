package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.AdminCalls;
import io.millrace.client.connectors.kafka.KafkaClients;
import io.millrace.client.connectors.kafka.TopicNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks a real cluster. Clients are made when they are first needed. */
final class BrokerCoordinator implements TransactionCoordinator {
    /** A call gives up after this; who asked decides how often to ask again. */
    private static final String CALL_TIMEOUT_MILLIS = "10000";

    private final Map<String, String> properties;
    private @Nullable Admin admin;
    private @Nullable EndTransactionClient transactions;
    private @Nullable WitnessReader witnesses;

    /** @param properties of any client: brokers and security */
    BrokerCoordinator(Map<String, String> properties) {
        this.properties = new HashMap<>(properties);
        this.properties.put("default.api.timeout.ms", CALL_TIMEOUT_MILLIS);
        this.properties.put("request.timeout.ms", CALL_TIMEOUT_MILLIS);
    }

    private Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = KafkaClients.admin(properties);
            admin = open;
        }
        return open;
    }

    @Override
    public Optional<TransactionDescription> describe(String transactionalId) throws InterruptedException {
        try {
            return Optional.of(AdminCalls.await(
                    admin().describeTransactions(List.of(transactionalId)).description(transactionalId)));
        } catch (TransactionalIdNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> ongoing(String prefix) throws InterruptedException {
        ListTransactionsOptions options = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return AdminCalls.await(admin().listTransactions(options).all()).stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(prefix))
                .toList();
    }

    @Override
    public void fence(Collection<String> transactionalIds) throws InterruptedException {
        AdminCalls.await(admin().fenceProducers(transactionalIds).all());
    }

    @Override
    public int transactionVersion() throws InterruptedException {
        FinalizedVersionRange version = AdminCalls.await(
                        admin().describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get("transaction.version");
        return version == null ? 0 : version.maxVersionLevel();
    }

    @Override
    public void commit(KafkaCommittable transaction) throws InterruptedException {
        EndTransactionClient client = transactions;
        if (client == null) {
            client = new EndTransactionClient(properties);
            transactions = client;
        }
        client.commit(transaction, coordinatorOf(transaction.transactionalId()));
    }

    private Node coordinatorOf(String transactionalId) throws InterruptedException {
        int id = describe(transactionalId)
                .orElseThrow(() -> new CoordinatorNotAvailableException("no coordinator knows " + transactionalId))
                .coordinatorId();
        return AdminCalls.await(admin().describeCluster().nodes()).stream()
                .filter(node -> node.id() == id)
                .findFirst()
                .orElseThrow(() -> new CoordinatorNotAvailableException("broker " + id + " is not there"));
    }

    @Override
    public Visibility visibility(RecordPlace record) throws InterruptedException {
        WitnessReader reader = witnesses;
        if (reader == null) {
            reader = new WitnessReader(properties);
            witnesses = reader;
        }
        return reader.read(record, admin());
    }

    @Override
    public Optional<List<String>> missingTopic(String topic) throws InterruptedException {
        try {
            AdminCalls.await(admin().describeTopics(List.of(topic)).allTopicNames());
            return Optional.empty();
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.of(
                    TopicNames.near(topic, AdminCalls.await(admin().listTopics().names())));
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(java.time.Duration.ZERO);
            admin = null;
        }
        if (transactions != null) {
            transactions.close();
            transactions = null;
        }
        if (witnesses != null) {
            witnesses.close();
            witnesses = null;
        }
    }
}
