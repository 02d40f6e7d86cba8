package io.millrace.common.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HandOffTest {

    @Test
    void ringsBeforeTheAnswerAreOneTaskAndTheNextRingIsAnother() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        AtomicReference<Doorbell> bell = new AtomicReference<>();
        bell.set(new Doorbell(tasks::add, () -> bell.get().answer()));

        bell.get().wake();
        bell.get().wake();
        assertThat(tasks).hasSize(1);

        tasks.remove().run();
        bell.get().wake();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void ringsAfterTheThreadHasEndedAreIgnored() {
        Doorbell bell = new Doorbell(
                task -> {
                    throw new RejectedExecutionException("ended");
                },
                () -> {});

        bell.wake();
        bell.wake();
    }

    @Test
    void noMailIsLeftBehindWhenThreadsPostWhileTheGuestLooks() throws InterruptedException {
        int posters = 3;
        int mails = 100_000;
        ExecutorService loop = Executors.newSingleThreadExecutor();
        CountDownLatch all = new CountDownLatch(posters * mails);
        AtomicReference<Mailbox<Integer>> mailbox = new AtomicReference<>();
        AtomicReference<Doorbell> bell = new AtomicReference<>();
        bell.set(new Doorbell(loop, () -> {
            bell.get().answer();
            while (mailbox.get().poll() != null) {
                all.countDown();
            }
        }));
        mailbox.set(Mailbox.growing("test", 64, posters * mails, bell.get()));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < posters; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < mails; i++) {
                    mailbox.get().post(i);
                }
            }));
        }
        threads.forEach(Thread::start);

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            thread.join();
        }
        loop.shutdown();
        assertThat(loop.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aGrowingMailboxKeepsOrderAndItsBound() {
        Mailbox<Integer> mailbox = Mailbox.growing("test", 4, 64, Waker.NOBODY);
        int posted = 0;
        while (mailbox.post(posted)) {
            posted++;
        }

        assertThat(posted).isEqualTo(64);
        for (int i = 0; i < posted; i++) {
            assertThat(mailbox.poll()).isEqualTo(i);
        }
        assertThat(mailbox.poll()).isNull();
    }

    @Test
    void aFreeListHoldsItsCapacityAndGivesEachThingToOneTaker() {
        FreeList<String> list = new FreeList<>(2);

        assertThat(list.give("a")).isTrue();
        assertThat(list.give("b")).isTrue();
        assertThat(list.give("c")).isFalse();
        assertThat(list.size()).isEqualTo(2);
        assertThat(List.of(String.valueOf(list.take()), String.valueOf(list.take())))
                .containsExactly("a", "b");
        assertThat(list.take()).isNull();
    }

    @Test
    void noChangeOfASharedValueIsLost() throws InterruptedException {
        Shared<Integer> count = new Shared<>(0);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    count.change(value -> value + 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(count.read()).isEqualTo(30_000);
        assertThat(count.change(value -> null)).isFalse();
        assertThat(count.read()).isEqualTo(30_000);
    }
}
