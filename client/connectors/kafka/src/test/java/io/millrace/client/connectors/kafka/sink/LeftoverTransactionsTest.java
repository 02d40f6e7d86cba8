package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;

class LeftoverTransactionsTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();

    /**
     * A run of {@code before} writers took checkpoint 5 and went on; others went on from there and never got further.
     * Whatever the parallelism now and however the states are dealt, all that is open and not prepared is found, each
     * by one writer, and nothing else.
     */
    @Property(tries = 300)
    void everyLeftoverIsFoundOnceAndNothingElse(
            @ForAll @IntRange(min = 1, max = 6) int before,
            @ForAll @IntRange(min = 1, max = 6) int between,
            @ForAll @IntRange(min = 1, max = 6) int now,
            @ForAll long seed)
            throws InterruptedException {
        FakeCoordinator cluster = new FakeCoordinator();
        Random random = new Random(seed);
        Set<String> leftovers = new TreeSet<>();
        List<List<KafkaWriterState>> dealt = new ArrayList<>();
        for (int writer = 0; writer < now; writer++) {
            dealt.add(new ArrayList<>());
        }
        for (int subtask = 0; subtask < before; subtask++) {
            dealt.get(random.nextInt(now)).add(formerWriter(cluster, random, subtask, leftovers));
        }
        for (int subtask = 0; subtask < between; subtask++) {
            leftovers.add(open(cluster, new TransactionId("p", "j", 5 + random.nextInt(3), subtask, 0), 1));
        }
        cluster.set("p-other-0-0-0", TransactionState.ONGOING, 1, 1);
        cluster.set("p-more-j-9-0-0", TransactionState.ONGOING, 1, 1);
        List<String> found = new ArrayList<>();
        for (int writer = 0; writer < now; writer++) {
            TransactionId own = new TransactionId("p", "j", 5, writer, 0);
            found.addAll(new LeftoverTransactions(own, now, dealt.get(writer)).find(cluster));
        }
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(leftovers);
    }

    /** Producers 0 to 3 of a writer: prepared, committed since and used again, open, without a transaction. */
    private static KafkaWriterState formerWriter(
            FakeCoordinator cluster, Random random, int subtask, Set<String> leftovers) {
        long origin = random.nextInt(5);
        List<Prepared> prepared = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            TransactionId id = new TransactionId("p", "j", origin, subtask, number);
            switch (random.nextInt(4)) {
                case 0 -> {
                    open(cluster, id, 1);
                    prepared.add(new Prepared(number, 1, 1));
                }
                case 1 -> {
                    leftovers.add(open(cluster, id, 2));
                    prepared.add(new Prepared(number, 1, 1));
                }
                case 2 -> leftovers.add(open(cluster, id, 1));
                default -> cluster.set(id.text(), TransactionState.COMPLETE_COMMIT, 1, 2);
            }
        }
        return new KafkaWriterState("p", "j", origin, subtask, prepared);
    }

    private static String open(FakeCoordinator cluster, TransactionId id, int epoch) {
        cluster.set(id.text(), TransactionState.ONGOING, 1, epoch);
        return id.text();
    }

    @Test
    void freshStartLeavesNothingOfItsOwnJobOpen() throws InterruptedException {
        open(coordinator, new TransactionId("p", "j", 0, 1, 0), 1);
        open(coordinator, new TransactionId("p", "j", 4, 3, 2), 1);
        open(coordinator, new TransactionId("p", "elsewhere", 0, 1, 0), 1);
        LeftoverTransactions writer = new LeftoverTransactions(new TransactionId("p", "j", 0, 1, 0), 2, List.of());
        assertThat(writer.find(coordinator)).containsExactly("p-j-0-1-0", "p-j-4-3-2");
    }

    @Test
    void leftoversUnderAFormerPrefixAreFoundByTheStates() throws InterruptedException {
        open(coordinator, new TransactionId("old", "a", 0, 0, 0), 1);
        KafkaWriterState state = new KafkaWriterState("old", "a", 0, 0, List.of());
        LeftoverTransactions writer =
                new LeftoverTransactions(new TransactionId("new", "b", 9, 0, 0), 1, List.of(state));
        assertThat(writer.find(coordinator)).containsExactly("old-a-0-0-0");
    }

    @Test
    void idsAreReadBackAsTheyWereWrittenAndNoOthers() {
        TransactionId id = new TransactionId("a-b", "0f", 12, 3, 4);
        assertThat(id.text()).isEqualTo("a-b-0f-12-3-4");
        assertThat(TransactionId.parse("a-b", id.text())).contains(id);
        assertThat(TransactionId.parse("a", id.text())).isEmpty();
        assertThat(TransactionId.parse("a-b", "a-b-0f-12-3")).isEmpty();
        assertThat(TransactionId.parse("a-b", "a-b-0f-12-3-99999999999")).isEmpty();
    }
}
