package io.millrace.common.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.checkpoint.storage.InMemoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checkpoint of some kilobytes: whatever becomes of its bytes is told with file and offset. */
class CheckpointCheckTest {
    private static final ObjectName MANIFEST = new ObjectName("42/manifest");

    private final InMemoryStorage storage = new InMemoryStorage();
    private final List<String> files = List.of("42/aa-0", "40/bb-0");

    @BeforeEach
    void store() {
        Random random = new Random(5);
        SegmentFile[] segments = new SegmentFile[files.size()];
        for (int i = 0; i < segments.length; i++) {
            SegmentWriter writer = new SegmentWriter(Manifests.JOB, 42, 70 + i);
            for (int part = 0; part < 4; part++) {
                writer.add(List.of(drawn(random, 300), drawn(random, 1 + part)));
            }
            segments[i] = new SegmentFile(files.get(i), writer.length(), writer.nonce());
            storage.put(new ObjectName(files.get(i)), writer.finish());
        }
        // The second part of each file is named, the others are not: they are checked all the same.
        List<StatePart> parts = List.of(
                new StatePart(PartKind.KEYED_BASE, "s", 0, 128, 0, 361, 318, 3),
                new StatePart(PartKind.KEYED_BASE, "s", 0, 128, 1, 361, 318, 3));
        CheckpointManifest manifest = new CheckpointManifest(
                Manifests.JOB,
                "job",
                42,
                1,
                false,
                1,
                2,
                List.of(segments),
                List.of(new OperatorSnapshot("uid:a", "a", 1, 128, List.of(), List.of(new SubtaskSnapshot(0, parts)))));
        storage.put(MANIFEST, ManifestFile.encode(manifest, 99));
    }

    private static ByteBuffer drawn(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private Problem onlyProblem(String damage) {
        CheckpointManifest manifest;
        try {
            manifest = ManifestFile.read(storage, MANIFEST);
        } catch (MillraceException e) {
            return e.problem();
        }
        var problems = CheckpointCheck.problems(storage, manifest);
        assertThat(problems).as(damage).hasSize(1);
        return problems.values().iterator().next();
    }

    private void assertTold(String file, String damage) {
        Problem problem = onlyProblem(damage);
        assertThat(CheckpointCheck.isDamage(problem)).as(damage).isTrue();
        assertThat(problem.where()).as(damage).matches(file + ", byte \\d+");
    }

    @Test
    void aSoundOneHasNoProblems() {
        assertThat(CheckpointCheck.problems(storage, ManifestFile.read(storage, MANIFEST)))
                .isEmpty();
    }

    @Test
    void everyTurnedBitOfEveryFileIsToldWithFileAndOffset() {
        for (String file : List.of(files.get(0), files.get(1), MANIFEST.text())) {
            ObjectName name = new ObjectName(file);
            byte[] bytes = storage.bytes(name);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                storage.damage(name, Refusals.flipped(bytes, bit));
                assertTold(file, file + " bit " + bit);
            }
            storage.damage(name, bytes);
        }
    }

    @Test
    void everyTruncationAndWhateverIsBehindTheEndIsToldWithFileAndOffset() {
        for (String file : List.of(files.get(0), files.get(1), MANIFEST.text())) {
            ObjectName name = new ObjectName(file);
            byte[] bytes = storage.bytes(name);
            for (int length = 0; length <= bytes.length + 3; length++) {
                if (length != bytes.length) {
                    storage.damage(name, Arrays.copyOf(bytes, length));
                    assertTold(file, file + " of " + length + " bytes");
                }
            }
            storage.damage(name, bytes);
        }
    }

    @Test
    void aFileThatIsGoneAndOnesThatChangedPlacesAreTold() {
        ObjectName first = new ObjectName(files.get(0));
        ObjectName second = new ObjectName(files.get(1));
        byte[] bytes = storage.bytes(first);
        storage.delete(first);
        assertThat(onlyProblem("gone").code()).isEqualTo("CHECKPOINT_FILE_MISSING");
        storage.damage(first, storage.bytes(second));
        storage.damage(second, bytes);
        assertThat(CheckpointCheck.problems(storage, ManifestFile.read(storage, MANIFEST))
                        .values())
                .hasSize(2)
                .allMatch(problem -> problem.code().equals("CHECKPOINT_FILE_FOREIGN"));
    }

    @Test
    void aStorageThatFailsSaysNothingOfTheFiles() {
        CheckpointManifest manifest = ManifestFile.read(storage, MANIFEST);
        assertThatThrownBy(() -> CheckpointCheck.problems(new FailingStorage(storage), manifest))
                .hasMessageContaining("[STORAGE_FAILED]");
    }
}
