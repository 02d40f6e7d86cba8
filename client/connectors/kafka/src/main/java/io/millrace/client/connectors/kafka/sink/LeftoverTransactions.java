package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;

/**
 * Finds what earlier runs left open and nobody will commit, so that it holds up no committed reader. Each such
 * transaction is found by exactly one of the new writers, whatever the parallelism was and is:
 *
 * <ul>
 *   <li>Of a run that started from the checkpoint we start from, or a later one, all is left over: what our checkpoint
 *       prepared is older. Its ids are dealt out by subtask number.
 *   <li>Of the run that took our checkpoint, the writer that is dealt the state of a former writer looks after its ids:
 *       the state tells which transactions are prepared, and those are left alone.
 * </ul>
 *
 * @param own the identity of the new writer; its number has no meaning
 * @param parallelism of the new writers
 * @param recovered states dealt to this writer
 */
record LeftoverTransactions(TransactionId own, int parallelism, Collection<KafkaWriterState> recovered) {

    /** The ids to abort. */
    List<String> find(TransactionCoordinator coordinator) throws InterruptedException {
        Set<String> prefixes = new LinkedHashSet<>();
        prefixes.add(own.prefix());
        recovered.forEach(state -> prefixes.add(state.prefix()));
        List<String> found = new ArrayList<>();
        for (String prefix : prefixes) {
            for (String text : coordinator.ongoing(prefix)) {
                Optional<TransactionId> id = TransactionId.parse(prefix, text);
                if (id.isPresent() && isLeftOver(id.get(), coordinator)) {
                    found.add(text);
                }
            }
        }
        return found;
    }

    private boolean isLeftOver(TransactionId id, TransactionCoordinator coordinator) throws InterruptedException {
        for (KafkaWriterState state : recovered) {
            if (isOf(id, state)) {
                return !isPrepared(id, state, coordinator);
            }
        }
        return id.prefix().equals(own.prefix())
                && id.job().equals(own.job())
                && id.origin() >= own.origin()
                && id.subtask() % parallelism == own.subtask();
    }

    private static boolean isOf(TransactionId id, KafkaWriterState state) {
        return id.prefix().equals(state.prefix())
                && id.job().equals(state.job())
                && id.origin() == state.origin()
                && id.subtask() == state.subtask();
    }

    /** A producer is used again once its commit is known: then an open transaction of its id is a later one. */
    private static boolean isPrepared(TransactionId id, KafkaWriterState state, TransactionCoordinator coordinator)
            throws InterruptedException {
        for (Prepared prepared : state.prepared()) {
            if (prepared.number() == id.number()) {
                Optional<TransactionDescription> open = coordinator.describe(id.text());
                return open.isPresent()
                        && open.get().producerId() == prepared.producerId()
                        && open.get().producerEpoch() == prepared.epoch();
            }
        }
        return false;
    }
}
