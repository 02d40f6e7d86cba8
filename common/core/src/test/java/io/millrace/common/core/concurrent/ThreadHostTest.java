package io.millrace.common.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.time.SystemClock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ThreadHostTest {

    /** Passes each number on, until it is handed a negative one and throws. */
    private static final class Doubler implements Agent {
        final Mailbox<Integer> inbox;
        final BlockingQueue<Integer> results = new LinkedBlockingQueue<>();
        final BlockingQueue<String> life = new LinkedBlockingQueue<>();

        Doubler(Signal signal) {
            inbox = new Mailbox<>("doubler", 16, signal);
        }

        @Override
        public String name() {
            return "doubler";
        }

        @Override
        public void onStart() {
            life.add("start");
        }

        @Override
        public int step(long nowNanos) {
            Integer next = inbox.poll();
            if (next == null) {
                return 0;
            }
            if (next < 0) {
                throw new IllegalStateException("negative");
            }
            results.add(2 * next);
            return 1;
        }

        @Override
        public void onClose() {
            life.add("close");
        }
    }

    @Test
    void mailsToAParkedHostAreHandledAtOnce() throws InterruptedException {
        Signal signal = new Signal();
        Doubler doubler = new Doubler(signal);
        try (ThreadHost host = new ThreadHost("t", List.of(doubler), signal, SystemClock.INSTANCE, (a, f) -> {})) {
            host.start();
            for (int i = 0; i < 2_000; i++) {
                assertThat(doubler.inbox.post(i)).isTrue();
                assertThat(doubler.results.poll(5, TimeUnit.SECONDS)).isEqualTo(2 * i);
            }
        }
        assertThat(doubler.life).containsExactly("start", "close");
    }

    @Test
    void anAgentThatThrowsIsClosedAndReportedAndTheOthersGoOn() throws InterruptedException {
        Signal signal = new Signal();
        Doubler failing = new Doubler(signal);
        Doubler healthy = new Doubler(signal);
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        try (ThreadHost host = new ThreadHost(
                "t", List.of(failing, healthy), signal, SystemClock.INSTANCE, (a, f) -> failures.add(f))) {
            host.start();
            failing.inbox.post(-1);
            assertThat(failures.poll(5, TimeUnit.SECONDS)).hasMessage("negative");
            healthy.inbox.post(21);
            assertThat(healthy.results.poll(5, TimeUnit.SECONDS)).isEqualTo(42);
            assertThat(failing.life).containsExactly("start", "close");
        }
    }
}
