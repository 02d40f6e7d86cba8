package io.millrace.common.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    @Test
    void whatIsReservedIsCountedByPurposeUntilItIsClosed() {
        MemoryBudget budget = new MemoryBudget("network", 100, "taskmanager.network.memory");
        MemoryReservation send = budget.reserve("send", 30).orThrow();
        MemoryReservation receive = budget.reserve("receive", 20).orThrow();
        MemoryReservation more = budget.reserve("receive", 50).orThrow();

        assertThat(budget.byPurpose()).isEqualTo(Map.of("send", 30L, "receive", 70L));
        assertThat(budget.availableBytes()).isZero();

        more.close();
        send.close();
        assertThat(budget.byPurpose()).isEqualTo(Map.of("receive", 20L));
        receive.close();
        assertThat(budget.byPurpose()).isEmpty();
        assertThat(budget.reservedBytes()).isZero();
    }

    @Test
    void closingTwiceGivesBackOnce() {
        MemoryBudget budget = new MemoryBudget("network", 100, "taskmanager.network.memory");
        MemoryReservation kept = budget.reserve("send", 30).orThrow();
        MemoryReservation closed = budget.reserve("send", 30).orThrow();

        closed.close();
        closed.close();

        assertThat(budget.reservedBytes()).isEqualTo(kept.bytes());
    }

    @Test
    void whatDoesNotFitIsRefusedWithNeedAndHaveAndTheSettingToRaise() {
        MemoryBudget budget = new MemoryBudget("network", 100, "taskmanager.network.memory");
        budget.reserve("send", 60).orThrow();

        assertThatThrownBy(() -> budget.reserve("receive", 41).orThrow())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("[MEMORY_BUDGET_EXHAUSTED]")
                .hasMessageContaining("receive needs 41 bytes, 40 of 100 are left")
                .hasMessageContaining("{send=60}")
                .hasMessageContaining("Raise taskmanager.network.memory");
        assertThat(budget.reserve("receive", Long.MAX_VALUE)).isInstanceOf(Outcome.Failure.class);
        assertThat(budget.reservedBytes()).isEqualTo(60);
    }

    @Property
    void accountsAreExactUnderAnyOrderOfReservingAndClosing(@ForAll long seed) {
        Random random = new Random(seed);
        MemoryBudget budget = new MemoryBudget("network", 1_000, "taskmanager.network.memory");
        List<MemoryReservation> held = new ArrayList<>();
        long expected = 0;
        for (int i = 0; i < 200; i++) {
            if (random.nextBoolean() || held.isEmpty()) {
                long bytes = 1L + random.nextInt(300);
                Outcome<MemoryReservation> outcome = budget.reserve("p" + random.nextInt(3), bytes);
                assertThat(outcome instanceof Outcome.Success).isEqualTo(expected + bytes <= 1_000);
                if (outcome instanceof Outcome.Success<MemoryReservation> success) {
                    held.add(success.value());
                    expected += bytes;
                }
            } else {
                MemoryReservation reservation = held.remove(random.nextInt(held.size()));
                reservation.close();
                expected -= reservation.bytes();
            }
            assertThat(budget.reservedBytes()).isEqualTo(expected);
            assertThat(budget.byPurpose().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(expected);
        }
    }

    @Test
    void threadsThatReserveAtTheSameTimeNeverGetMoreThanThereIs() throws InterruptedException {
        MemoryBudget budget = new MemoryBudget("network", 1_000, "taskmanager.network.memory");
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String purpose = "thread-" + t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    if (budget.reserve(purpose, 400) instanceof Outcome.Success<MemoryReservation> success) {
                        success.value().close();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            assertThat(budget.reservedBytes()).isBetween(0L, 800L);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(budget.byPurpose()).isEmpty();
    }
}
