package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.client.cli.SmallSavepoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    private Path directory;

    private static Result inspect(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "inspect";
        System.arraycopy(words, 0, all, 1, words.length);
        return new Shell().run(all);
    }

    private Path savepoint() {
        return SmallSavepoint.write(directory.resolve("save"), "uid:counts", 128);
    }

    @Test
    void whatIsInASavepointIsShown() {
        Path path = savepoint();

        Result result = inspect(path.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.out().replace(path.toString(), "PATH")).isEqualTo("""
                Savepoint  7
                Path       PATH
                Job        123456789abcdef00000000000000002 'Analysis', run 3
                Taken      2026-01-01 00:00:00 in 250 ms
                Format     version 1
                State      78 B in 1 file
                In flight  nothing: every barrier was aligned
                Checksums  all verified

                OPERATOR  IDENTITY    PARALLELISM  MAX  STATE  IN FLIGHT  KEY
                Count     uid:counts            2  128   78 B          -  String

                STATE OF  NAME        KIND    ENTRIES  SIZE  SCHEMA
                Count     count       keyed         6  64 B  value of Long
                Count     event-time  timers        2  14 B  -

                FILE    SIZE  CHECKSUMS
                7/aa-0  90 B  verified
                """);
        assertThat(result.code()).isZero();
        assertThat(inspect(path.getParent().toString()).code()).isZero();
    }

    @Test
    void itIsShownToMachinesToo() {
        assertThat(inspect("--json", savepoint().toString()).out())
                .contains("\"checkpoint\" : 7", "\"savepoint\" : true", "\"sound\" : true", "\"formatVersion\" : 1")
                .contains("\"identity\" : \"uid:counts\"", "\"keySchema\" : \"String\"", "\"entries\" : 6")
                .contains("\"name\" : \"7/aa-0\"", "\"bytes\" : 90")
                .contains("\"inFlightBytes\" : 0", "\"unaligned\" : false");
    }

    @Test
    void aDamagedFileIsToldWithItsPathAndOffset() throws IOException {
        Path file = savepoint().resolve("aa-0");
        byte[] bytes = Files.readAllBytes(file);
        bytes[80] ^= 4;
        Files.write(file, bytes);

        Result result = inspect(file.getParent().toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).contains("1 of 1 files are not sound", "7/aa-0  90 B  CHECKPOINT_DAMAGED");
        assertThat(result.problem()).isEqualTo("CHECKPOINT_DAMAGED");
        assertThat(result.err()).contains("where: " + file + ", byte 76");
        assertThat(inspect("--json", file.getParent().toString()).out())
                .contains("\"sound\" : false", file + ", byte 76");
        Files.delete(file);
        assertThat(inspect(file.getParent().toString()).problem()).isEqualTo("CHECKPOINT_FILE_MISSING");
    }

    @Test
    void aDamagedManifestIsToldWithItsPathAndOffset() throws IOException {
        Path manifest = savepoint().resolve("manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        Files.write(manifest, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        Result result = inspect(manifest.getParent().toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("[CHECKPOINT_DAMAGED]", "where: " + manifest + ", byte ");
    }

    @Test
    void aWrongPathHasACodeOfItsOwn() throws IOException {
        savepoint();
        assertThat(inspect(directory.resolve("save/8").toString()).code()).isEqualTo(1);
        assertThat(inspect(directory.resolve("save/8").toString()).problem()).isEqualTo("CHECKPOINT_NOT_FOUND");
        // Nothing listens there.
        Path keys = Files.writeString(directory.resolve("keys"), "aws_access_key_id = a\naws_secret_access_key = b\n");
        Result unreachable =
                inspect("s3://bucket/7", "-D", "s3.endpoint=http://127.0.0.1:1", "-D", "s3.credentials-file=" + keys);
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.problem()).isEqualTo("STORAGE_FAILED");
        assertThat(inspect().code()).isEqualTo(2);
        assertThat(inspect("ftp://x/7").code()).isEqualTo(2);
    }
}
