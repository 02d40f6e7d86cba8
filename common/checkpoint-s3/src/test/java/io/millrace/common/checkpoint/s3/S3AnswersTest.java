package io.millrace.common.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.checkpoint.s3.ScriptedServer.Answer;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a well-behaved server cannot be made to answer. */
class S3AnswersTest {
    private static final ObjectName NAME = new ObjectName("a");
    private static final Content CONTENT = Content.of(new byte[] {1, 2, 3});
    private static final Answer OK = new Answer(200, "");
    private static final Answer TAKEN = new Answer(412, "PreconditionFailed");
    private static final Answer CONFLICT = new Answer(409, "ConditionalRequestConflict");
    private static final Answer NO_SUCH_KEY = new Answer(404, "NoSuchKey");
    private static final Answer FAILING = new Answer(500, "InternalError");

    @TempDir
    Path directory;

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private S3Storage open() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), S3Server.keys(S3Server.SECRET));
        return S3Storage.open(S3Server.settings("s3://scripted", server.port(), keys));
    }

    private S3Storage opened() throws IOException {
        server.on("PUT", TAKEN);
        S3Storage storage = open();
        assertThat(server.takeRequests()).containsExactly("PUT");
        return storage;
    }

    private static String code(S3Storage storage) {
        return catchThrowableOfType(MillraceException.class, () -> storage.put(NAME, CONTENT))
                .code();
    }

    @Test
    void aStoreThatIgnoresTheConditionIsUnsuitable() {
        server.on("PUT", OK);
        MillraceException refused = catchThrowableOfType(MillraceException.class, this::open);
        assertThat(refused.code()).isEqualTo("STORAGE_UNSUITABLE");
        assertThat(refused.problem().where()).isEqualTo("s3://scripted");
        assertThat(server.takeRequests()).containsExactly("PUT", "PUT");
    }

    @Test
    void aStoreThatRefusesTheSecondPutIsSuitable() throws IOException {
        server.on("PUT", OK, TAKEN).on("DELETE", OK);
        open().close();
        // What it put it removes.
        assertThat(server.takeRequests()).containsExactly("PUT", "PUT", "DELETE");
        server.on("PUT", OK, CONFLICT).on("DELETE", OK);
        open().close();
        assertThat(server.takeRequests()).containsExactly("PUT", "PUT", "DELETE");
    }

    @ParameterizedTest
    @CsvSource({
        "501, NotImplemented, STORAGE_UNSUITABLE",
        "507, XMinioStorageFull, STORAGE_FULL",
        "403, AccessDenied, STORAGE_DENIED",
        "400, ExpiredToken, STORAGE_DENIED",
        "404, NoSuchBucket, STORAGE_MISSING",
        "400, AuthorizationHeaderMalformed, STORAGE_MISSING",
        "301, PermanentRedirect, STORAGE_MISSING",
        "400, EntityTooLarge, STORAGE_FAILED",
    })
    void whatTheStoreAnswersBecomesACode(int status, String error, String code) throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", new Answer(status, error)).on("GET", NO_SUCH_KEY);
            assertThat(code(storage)).isEqualTo(code);
        }
    }

    @Test
    void aRefusalAtFirstIsNotReadBack() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", new Answer(403, "AccessDenied"));
            assertThat(code(storage)).isEqualTo("STORAGE_DENIED");
            assertThat(server.takeRequests()).containsExactly("PUT");
        }
    }

    @Test
    void aRefusalAfterAFailureIsReadBack() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", FAILING, new Answer(403, "AccessDenied")).on("GET", NO_SUCH_KEY);
            assertThat(code(storage)).isEqualTo("STORAGE_DENIED");
            assertThat(server.takeRequests()).containsExactly("PUT", "PUT", "GET");
        }
    }

    @Test
    void aFailureThatPassesIsTriedAgain() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", FAILING, FAILING, OK);
            assertThat(storage.put(NAME, CONTENT)).isEqualTo(PutOutcome.STORED);
        }
    }

    @Test
    void aFailureThatStaysHasStoredNothingIfReadingBackSaysSo() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", FAILING).on("GET", NO_SUCH_KEY);
            assertThat(code(storage)).isEqualTo("STORAGE_FAILED");
            assertThat(server.takeRequests()).containsExactly("PUT", "PUT", "PUT", "GET");
        }
    }

    @Test
    void aFailureThatStaysAndCannotBeReadBackLeavesTheOutcomeUnknown() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", FAILING).on("GET", FAILING);
            assertThat(code(storage)).isEqualTo("STORAGE_OUTCOME_UNKNOWN");
            server.on("GET", new Answer(403, "AccessDenied"));
            assertThat(code(storage)).isEqualTo("STORAGE_OUTCOME_UNKNOWN");
        }
    }

    @Test
    void keysThatVanishBeforeReadingBackLeaveTheOutcomeUnknown() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", FAILING).beforeAnswers(() -> Files.deleteIfExists(directory.resolve("keys")));
            assertThat(code(storage)).isEqualTo("STORAGE_OUTCOME_UNKNOWN");
        }
    }

    @Test
    void aNameThatIsFreeAgainIsTakenInTheNextTry() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", CONFLICT, TAKEN, OK).on("GET", NO_SUCH_KEY);
            assertThat(storage.put(NAME, CONTENT)).isEqualTo(PutOutcome.STORED);
            assertThat(server.takeRequests()).containsExactly("PUT", "GET", "PUT", "GET", "PUT");
        }
    }

    @Test
    void aConflictThatNeverEndsIsGivenUp() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", CONFLICT).on("GET", NO_SUCH_KEY);
            assertThat(code(storage)).isEqualTo("STORAGE_FAILED");
        }
    }

    @Test
    void aRangeThatIsNotAnsweredAsOneIsRefused() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("GET", new Answer(200, "whole"));
            assertThat(catchThrowableOfType(MillraceException.class, () -> storage.open(NAME, 2, 1))
                            .code())
                    .isEqualTo("STORAGE_UNSUITABLE");
        }
    }

    @Test
    void everyPutHasItsConditionAndAChecksum() throws IOException {
        try (S3Storage storage = opened()) {
            server.on("PUT", OK);
            storage.put(NAME, CONTENT);
            assertThat(server.lastPut().getFirst("If-None-Match")).isEqualTo("*");
            assertThat(server.lastPut().getFirst("X-amz-checksum-crc32")).isEqualTo("VbyAHQ==");
            assertThat(server.lastPut().getFirst("Content-length")).isEqualTo("3");
        }
    }
}
