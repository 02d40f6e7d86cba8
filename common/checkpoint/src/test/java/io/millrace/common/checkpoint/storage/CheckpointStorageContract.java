package io.millrace.common.checkpoint.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link CheckpointStorage} does. A subclass gives an empty one, new for every test. */
public abstract class CheckpointStorageContract {

    /** An empty storage; the same place for every call within a test. */
    protected abstract CheckpointStorage storage();

    private static ObjectName name(String text) {
        return new ObjectName(text);
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(CheckpointStorage storage, String name, long offset, long length) throws IOException {
        try (InputStream in = storage.open(name(name), offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> names(CheckpointStorage storage, String prefix) {
        List<String> names = new ArrayList<>();
        storage.list(prefix, object -> names.add(object.name().text()));
        return names;
    }

    @Test
    void whatIsStoredIsReadBackByAnother() throws IOException {
        storage().put(name("job/state-1"), text("hello"));

        CheckpointStorage other = storage();
        assertThat(read(other, "job/state-1", 0, 5)).isEqualTo("hello");
        assertThat(other.find(name("job/state-1")).orElseThrow().length()).isEqualTo(5);
    }

    @Test
    void contentInPiecesIsOneObject() throws IOException {
        List<ByteBuffer> pieces = List.of(
                ByteBuffer.wrap(new byte[] {'x', 'a', 'b', 'x'}, 1, 2),
                ByteBuffer.allocateDirect(0),
                ByteBuffer.allocateDirect(1).put((byte) 'c').flip());
        Content content = new Content(pieces);
        assertThat(content.length()).isEqualTo(3);

        assertThat(storage().put(name("a"), content)).isEqualTo(PutOutcome.STORED);
        assertThat(storage().put(name("b"), content)).isEqualTo(PutOutcome.STORED);
        assertThat(read(storage(), "a", 0, 3)).isEqualTo("abc");
        assertThat(read(storage(), "b", 0, 3)).isEqualTo("abc");
    }

    @Test
    void aLargeObjectIsWhole() throws IOException {
        byte[] bytes = new byte[20 << 20];
        new Random(7).nextBytes(bytes);
        storage().put(name("large"), Content.of(bytes));
        try (InputStream in = storage().open(name("large"), 0, bytes.length)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void anEmptyObjectIsAnObject() throws IOException {
        storage().put(name("empty"), text(""));
        assertThat(storage().find(name("empty")).orElseThrow().length()).isZero();
        assertThat(read(storage(), "empty", 0, 0)).isEmpty();
    }

    @Test
    void aTakenNameKeepsItsObject() throws IOException {
        assertThat(storage().put(name("a"), text("first"))).isEqualTo(PutOutcome.STORED);
        assertThat(storage().put(name("a"), text("other"))).isEqualTo(PutOutcome.TAKEN);
        assertThat(storage().put(name("a"), text("firstly"))).isEqualTo(PutOutcome.TAKEN);
        assertThat(read(storage(), "a", 0, 100)).isEqualTo("first");
    }

    @Test
    void storingTheSameAgainIsHarmless() throws IOException {
        storage().put(name("a"), text("same"));
        assertThat(storage().put(name("a"), text("same"))).isEqualTo(PutOutcome.STORED);
        assertThat(read(storage(), "a", 0, 100)).isEqualTo("same");
        assertThat(names(storage(), "")).containsExactly("a");
    }

    @Test
    void aRangeIsReadAndEndsWhereTheObjectDoes() throws IOException {
        storage().put(name("a"), text("0123456789"));
        assertThat(read(storage(), "a", 3, 4)).isEqualTo("3456");
        assertThat(read(storage(), "a", 8, 100)).isEqualTo("89");
        assertThat(read(storage(), "a", 10, 5)).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaidByName() {
        assertThat(storage().find(name("a/b"))).isEmpty();
        assertThatThrownBy(() -> read(storage(), "a/b", 0, 1))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("STORAGE_OBJECT_MISSING");
                    assertThat(failure.problem().what()).contains("a/b");
                });
    }

    @Test
    void aListingHasWhatBeginsWithThePrefix() {
        assertThat(names(storage(), "")).isEmpty();
        for (String name : List.of("job-1/a", "job-1/b", "job-1/deep/c", "job-2/a", "top")) {
            storage().put(name(name), text(name));
        }
        assertThat(names(storage(), ""))
                .containsExactlyInAnyOrder("job-1/a", "job-1/b", "job-1/deep/c", "job-2/a", "top");
        assertThat(names(storage(), "job-1/")).containsExactlyInAnyOrder("job-1/a", "job-1/b", "job-1/deep/c");
        assertThat(names(storage(), "job-1/d")).containsExactly("job-1/deep/c");
        assertThat(names(storage(), "job-3/")).isEmpty();
    }

    @Test
    void moreObjectsThanOneAnswerHoldsAreListed() {
        for (int i = 0; i < 1_100; i++) {
            storage().put(name("many/" + i), text("x"));
        }
        assertThat(names(storage(), "many/")).hasSize(1_100).doesNotHaveDuplicates();
    }

    @Test
    void whatIsDeletedIsGoneAndDeletingAgainIsHarmless() {
        storage().put(name("job/a"), text("a"));
        storage().put(name("job/b"), text("b"));
        storage().delete(name("job/a"));
        storage().delete(name("job/a"));
        storage().delete(name("never/was"));
        assertThat(names(storage(), "")).containsExactly("job/b");
        assertThat(storage().put(name("job/a"), text("new"))).isEqualTo(PutOutcome.STORED);
    }

    @Test
    void ofManyWhoPutOneNameOneWins() throws Exception {
        int writers = 4;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 20; round++) {
                ObjectName name = name("race/" + round);
                CountDownLatch begin = new CountDownLatch(1);
                List<Future<PutOutcome>> outcomes = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    Content own = text("writer " + writer);
                    CheckpointStorage storage = storage();
                    outcomes.add(pool.submit(() -> {
                        begin.await();
                        return storage.put(name, own);
                    }));
                }
                begin.countDown();
                int winner = -1;
                for (int writer = 0; writer < writers; writer++) {
                    if (outcomes.get(writer).get(30, TimeUnit.SECONDS) == PutOutcome.STORED) {
                        assertThat(winner).as("a second winner").isEqualTo(-1);
                        winner = writer;
                    }
                }
                assertThat(read(storage(), name.text(), 0, 100)).isEqualTo("writer " + winner);
            }
        } finally {
            pool.shutdownNow();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void remainsAreNotThereAfterAPutThatEnded() {
        storage().put(name("a"), text("a"));
        storage().put(name("a"), text("b"));
        assertThat(storage().deleteRemains(Long.MAX_VALUE)).isZero();
        assertThat(names(storage(), "")).containsExactly("a");
    }
}
