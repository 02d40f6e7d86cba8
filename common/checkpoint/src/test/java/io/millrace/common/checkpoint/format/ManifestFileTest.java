package io.millrace.common.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.InMemoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A manifest is read back as it was written, or refused with the place of the damage. */
class ManifestFileTest {
    private static final String FILE = "job/manifest-42";
    private static final ObjectName NAME = new ObjectName(FILE);
    private static final long NONCE = 0x1112131415161718L;
    private static final int FUZZED = Integer.getInteger("millrace.fuzz", 1_000);

    private static byte[] stored(CheckpointManifest manifest) {
        InMemoryStorage storage = new InMemoryStorage();
        storage.put(NAME, ManifestFile.encode(manifest, NONCE));
        return storage.bytes(NAME);
    }

    private static void read(byte[] bytes) {
        InMemoryStorage storage = new InMemoryStorage();
        storage.put(NAME, Content.of(bytes));
        ManifestFile.read(storage, NAME);
    }

    @Test
    void aManifestIsReadBackAsItWasWritten() {
        InMemoryStorage storage = new InMemoryStorage();
        storage.put(NAME, ManifestFile.encode(Manifests.small(), NONCE));
        assertThat(ManifestFile.read(storage, NAME)).isEqualTo(Manifests.small());
    }

    @Property(tries = 200)
    void everyManifestIsReadBackAsItWasWritten(@ForAll long seed) {
        CheckpointManifest manifest = Manifests.drawn(seed);
        assertThat(ManifestFile.decode(FILE, ByteBuffer.wrap(stored(manifest)))).isEqualTo(manifest);
    }

    @Test
    void theBytesStayWhatTheyWere() {
        byte[] bytes = stored(Manifests.small());
        String header = "4d4c5243" // magic
                + "0001" // version
                + "02" // a manifest
                + "00"
                + "1112131415161718" // nonce
                + "0102030405060708090a0b0c0d0e0f10" // job
                + "000000000000002a"; // checkpoint 42
        assertThat(HexFormat.of().formatHex(bytes)).startsWith(header);
        assertThat(Sealed.sha256(bytes)).isEqualTo("8fa11230a8cce5ed83823e7a6c5c1f5c9b83dd751cd408bb963fca47890ef16b");
    }

    @Test
    void everyTurnedBitIsRefusedWithItsPlace() {
        byte[] bytes = stored(Manifests.small());
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = Refusals.flipped(bytes, bit);
            Problem refusal = Refusals.of(FILE, "bit " + bit, () -> read(damaged));
            assertThat(refusal.where()).matches(".*, byte \\d+");
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes = stored(Manifests.small());
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            Refusals.of(FILE, "the first " + length, () -> read(truncated));
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        byte[] bytes = stored(Manifests.small());
        for (int more : List.of(1, 7, 8, 40)) {
            Refusals.of(FILE, more + " more", () -> read(Arrays.copyOf(bytes, bytes.length + more)));
        }
    }

    @Test
    void randomBytesGetADeclaredError() {
        Random random = new Random(11);
        for (int i = 0; i < FUZZED; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            Refusals.of(FILE, "random " + i, () -> read(bytes));
        }
    }

    /** The checksums are right, so the content reaches the decoder. */
    @Test
    void whatAWriterGotWrongGetsADeclaredError() {
        Random random = new Random(12);
        byte[] body = ManifestCodec.encode(Manifests.small()).toByteArray();
        int refused = 0;
        for (int i = 0; i < FUZZED; i++) {
            byte[] mutated = body.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            byte[] whole = Sealed.manifest(Manifests.JOB, 42, NONCE, mutated);
            try {
                read(whole);
            } catch (MillraceException refusal) {
                assertThat(refusal.code()).isIn("CHECKPOINT_DAMAGED", "CHECKPOINT_FILE_FOREIGN");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aNewerVersionIsToldFromDamage() {
        byte[] newer = Sealed.withVersion(stored(Manifests.small()), 2);
        Problem refusal = Refusals.of(FILE, "version 2", () -> read(newer));
        assertThat(refusal.code()).isEqualTo("CHECKPOINT_FORMAT_NEWER");
        assertThat(refusal.what()).contains("version 2");
        assertThat(refusal.nextStep()).contains("version of Millrace");
    }

    @Test
    void aSegmentFileIsNoManifest() {
        InMemoryStorage storage = new InMemoryStorage();
        storage.put(NAME, new SegmentWriter(Manifests.JOB, 42, NONCE).finish());
        byte[] segment = storage.bytes(NAME);
        assertThat(Refusals.of(FILE, "a segment file", () -> read(segment)).code())
                .isEqualTo("CHECKPOINT_FILE_FOREIGN");
    }

    @Test
    void aPathWithoutAManifestIsSaid() {
        assertThatThrownBy(() -> ManifestFile.read(new InMemoryStorage(), NAME))
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("CHECKPOINT_NOT_FOUND");
                    assertThat(failure.problem().nextStep()).contains("millrace checkpoints");
                });
    }
}
