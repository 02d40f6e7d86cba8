package io.millrace.common.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server, and what may happen to it and on the way to it. */
class S3FailuresTest {
    private static final String PLACE = "s3://checkpoints/failures";
    private static final ObjectName NAME = new ObjectName("job/a");

    @TempDir
    static Path directory;

    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The failure of a call, which tells its place and the next step and shows no secret. */
    private static MillraceException failure(String code, String place, ThrowingCallable call) {
        MillraceException failure = catchThrowableOfType(MillraceException.class, call);
        assertThat(failure).as("nothing failed").isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.problem().where()).isEqualTo(place);
        assertThat(failure.problem().nextStep()).isNotEmpty();
        StringWriter shown = new StringWriter();
        failure.printStackTrace(new PrintWriter(shown));
        assertThat(shown.toString()).doesNotContain(S3Server.SECRET).doesNotContain("wrong-secret");
        return failure;
    }

    @Test
    void aWrongSecretIsDenied() throws IOException {
        Path keys = Files.writeString(directory.resolve("wrong-keys"), S3Server.keys("wrong-secret"));
        MillraceException denied =
                failure("STORAGE_DENIED", PLACE, () -> S3Storage.open(S3Server.settings(PLACE, server.port(), keys)));
        assertThat(denied.problem().why()).contains("403");
    }

    @Test
    void keysAreChangedByReplacingTheFile() throws IOException {
        Path keys = Files.writeString(directory.resolve("changing-keys"), S3Server.keys(S3Server.SECRET));
        try (S3Storage storage = S3Storage.open(S3Server.settings(PLACE, server.port(), keys))) {
            Files.writeString(keys, S3Server.keys("wrong-secret"));
            failure("STORAGE_DENIED", PLACE, () -> storage.find(NAME));
            failure("STORAGE_DENIED", PLACE, () -> storage.put(NAME, text("a")));
            Files.writeString(keys, "aws_access_key_id = " + S3Server.ACCESS_KEY);
            failure("S3_CREDENTIALS_UNUSABLE", keys.toString(), () -> storage.find(NAME));
            Files.writeString(keys, S3Server.keys(S3Server.SECRET));
            assertThat(storage.find(NAME)).isEmpty();
        }
    }

    @Test
    void aMissingBucketIsSaidAndNeverTakenForMissingObjects() throws IOException {
        failure("STORAGE_MISSING", "s3://no-such-bucket", () -> S3Storage.open(server.settings("s3://no-such-bucket")));

        String missing = "s3://no-such-bucket";
        failure("STORAGE_MISSING", missing, () -> S3Storage.openToRead(server.settings(missing)));

        Path bucket = Files.createDirectories(server.bucket("vanishing"));
        try (S3Storage storage = S3Storage.open(server.settings("s3://vanishing"))) {
            assertThat(storage.find(NAME)).isEmpty();
            Files.delete(bucket);
            failure("STORAGE_MISSING", "s3://vanishing", () -> storage.find(NAME));
            failure("STORAGE_MISSING", "s3://vanishing", () -> storage.open(NAME, 0, 1));
            failure("STORAGE_MISSING", "s3://vanishing", () -> storage.open(NAME, 0, 0));
            failure("STORAGE_MISSING", "s3://vanishing", () -> storage.list("", object -> {}));
            failure("STORAGE_MISSING", "s3://vanishing", () -> storage.put(NAME, text("a")));
        }
    }

    @Test
    void aServerThatIsGoneFailsEveryCallAndHasStoredNothing() throws Exception {
        try (Relay relay = new Relay(server.port());
                S3Storage storage = S3Storage.open(server.settings(PLACE, relay.port()))) {
            relay.disconnect();
            failure("STORAGE_FAILED", PLACE, () -> storage.find(NAME));
            failure("STORAGE_FAILED", PLACE, () -> storage.put(NAME, text("a")));
            failure("STORAGE_FAILED", PLACE, () -> storage.open(NAME, 0, 1));
            failure("STORAGE_FAILED", PLACE, () -> storage.list("", object -> {}));
            failure("STORAGE_FAILED", PLACE, () -> storage.delete(NAME));
            failure("STORAGE_FAILED", PLACE, () -> S3Storage.open(server.settings(PLACE, relay.port())));
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            S3Settings right = server.settings(PLACE, silent.getLocalPort());
            S3Settings hasty =
                    new S3Settings(right.location(), right.endpoint(), right.region(), true, right.credentials(), 200);
            MillraceException failed = failure("STORAGE_FAILED", PLACE, () -> S3Storage.open(hasty));
            assertThat(failed.problem().why()).containsIgnoringCase("time");
        }
    }

    @Test
    void anAnswerThatIsLostOnceIsFoundOutByReadingBack() throws Exception {
        lost(1, "once");
    }

    @Test
    void anAnswerThatIsLostEveryTimeIsFoundOutByReadingBack() throws Exception {
        lost(3, "thrice");
    }

    private static void lost(int answers, String word) throws Exception {
        ObjectName name = new ObjectName("lost/" + word);
        try (Relay relay = new Relay(server.port());
                S3Storage storage = S3Storage.open(server.settings(PLACE, relay.port()))) {
            relay.cutAnswers(answers);
            assertThat(storage.put(name, text(word))).isEqualTo(PutOutcome.STORED);
            assertThat(relay.answersCut()).isEqualTo(answers);
            assertThat(storage.find(name).orElseThrow().length()).isEqualTo(word.length());

            relay.cutAnswers(answers);
            assertThat(storage.put(name, text("other"))).isEqualTo(PutOutcome.TAKEN);
            assertThat(relay.answersCut()).isEqualTo(2 * answers);
        }
    }

    @Test
    void anAnswerThatIsLostForGoodLeavesTheOutcomeUnknown() throws Exception {
        ObjectName name = new ObjectName("lost/for-good");
        try (Relay relay = new Relay(server.port());
                S3Storage storage = S3Storage.open(server.settings(PLACE, relay.port()))) {
            relay.cutOneAnswerAndGo();
            failure("STORAGE_OUTCOME_UNKNOWN", PLACE, () -> storage.put(name, text("a")));
            assertThat(relay.answersCut()).isEqualTo(1);
        }
        try (S3Storage direct = S3Storage.open(server.settings(PLACE))) {
            assertThat(direct.put(name, text("a"))).isEqualTo(PutOutcome.STORED);
            assertThat(direct.put(name, text("b"))).isEqualTo(PutOutcome.TAKEN);
        }
    }

    @Test
    void contentThatChangesOnItsWayIsNotStored() throws Exception {
        ObjectName name = new ObjectName("flipped");
        try (Relay relay = new Relay(server.port());
                S3Storage storage = S3Storage.open(server.settings(PLACE, relay.port()))) {
            relay.flipBits(Integer.MAX_VALUE);
            MillraceException refused =
                    catchThrowableOfType(MillraceException.class, () -> storage.put(name, text("content~")));
            assertThat(refused.code()).isIn("STORAGE_FAILED", "STORAGE_DENIED");
            assertThat(storage.find(name)).isEmpty();
            relay.flipBits(0);
            assertThat(storage.put(name, text("content~"))).isEqualTo(PutOutcome.STORED);
        }
    }

    @Test
    void anObjectBeyondOneRequestIsRefused() {
        ByteBuffer piece = ByteBuffer.allocate(1 << 20);
        int pieces = 5 * 1024;
        try (S3Storage storage = S3Storage.open(server.settings(PLACE))) {
            Content tooLarge = new Content(Collections.nCopies(pieces + 1, piece));
            failure("S3_OBJECT_TOO_LARGE", PLACE, () -> storage.put(NAME, tooLarge));
            assertThat(new Content(Collections.nCopies(pieces, piece)).length()).isEqualTo(S3Storage.MOST_BYTES);
        }
    }

    @Test
    void noThreadIsLeftAfterClosing() throws Exception {
        try (S3Storage first = S3Storage.open(server.settings(PLACE))) {
            first.list("", object -> {});
        }
        Set<Thread> before = threads();
        try (Relay relay = new Relay(server.port())) {
            for (int i = 0; i < 3; i++) {
                try (S3Storage storage = S3Storage.open(server.settings(PLACE, relay.port()))) {
                    relay.cutAnswers(1);
                    storage.put(new ObjectName("threads"), text("a"));
                    storage.open(new ObjectName("threads"), 0, 1).close();
                    storage.list("", object -> {});
                }
            }
        }
        Set<Thread> left = new HashSet<>(threads());
        left.removeAll(before);
        for (Thread thread : left) {
            thread.join(10_000);
        }
        assertThat(left).allSatisfy(thread -> assertThat(thread.isAlive()).isFalse());
    }

    /** Without the server's own and the JDK's closer of idle connections, which all clients of a JVM share. */
    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> List.of("S3Proxy", "Keep-Alive", "qtp").stream()
                .anyMatch(name -> thread.getName().startsWith(name)));
        return threads;
    }
}
