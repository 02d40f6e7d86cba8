package io.millrace.client.connectors.kafka.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A cluster's view of transactions, as the test sets it. */
final class FakeCoordinator implements TransactionCoordinator {
    private final Map<String, TransactionDescription> transactions = new TreeMap<>();
    private final List<String> fenced = new ArrayList<>();
    private final List<KafkaCommittable> committed = new ArrayList<>();
    private Visibility visibility = Visibility.UNDECIDED;
    private int version = 2;
    private @Nullable KafkaException commitFailure;
    private @Nullable KafkaException askFailure;
    private boolean closed;

    void set(String id, TransactionState state, long producerId, int epoch) {
        transactions.put(
                id, new TransactionDescription(1, state, producerId, epoch, 1_000, OptionalLong.empty(), Set.of()));
    }

    void forget(String id) {
        transactions.remove(id);
    }

    void setVisibility(Visibility found) {
        visibility = found;
    }

    void setTransactionVersion(int newVersion) {
        version = newVersion;
    }

    void failCommits(@Nullable KafkaException failure) {
        commitFailure = failure;
    }

    void failQuestions(@Nullable KafkaException failure) {
        askFailure = failure;
    }

    /** In order, each as often as it was fenced. */
    List<String> fenced() {
        return fenced;
    }

    List<KafkaCommittable> committed() {
        return committed;
    }

    boolean isClosed() {
        return closed;
    }

    private void answer() {
        if (askFailure != null) {
            throw askFailure;
        }
    }

    @Override
    public Optional<TransactionDescription> describe(String transactionalId) {
        answer();
        return Optional.ofNullable(transactions.get(transactionalId));
    }

    @Override
    public List<String> ongoing(String prefix) {
        answer();
        return transactions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getValue().state() == TransactionState.ONGOING)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void fence(Collection<String> transactionalIds) {
        answer();
        fenced.addAll(transactionalIds);
        for (String id : transactionalIds) {
            TransactionDescription open = transactions.get(id);
            set(id, TransactionState.COMPLETE_ABORT, open.producerId(), open.producerEpoch() + 1);
        }
    }

    @Override
    public int transactionVersion() {
        answer();
        return version;
    }

    @Override
    public void commit(KafkaCommittable transaction) {
        if (commitFailure != null) {
            throw commitFailure;
        }
        committed.add(transaction);
        set(
                transaction.transactionalId(),
                TransactionState.COMPLETE_COMMIT,
                transaction.producerId(),
                transaction.epoch() + 1);
    }

    @Override
    public Visibility visibility(RecordPlace record) {
        answer();
        return visibility;
    }

    @Override
    public Optional<List<String>> missingTopic(String topic) {
        answer();
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
