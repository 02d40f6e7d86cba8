package io.millrace.jobmanager.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.format.PartReader;
import io.millrace.common.checkpoint.format.SegmentReader;
import io.millrace.common.checkpoint.format.SegmentWriter;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.DirectoryStorage;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.ReadManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand.ReadOrigin;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWorkTest {
    private static final JobId JOB = new JobId(1, 2);
    private static final CheckpointPointer POINTER = new CheckpointPointer(5, 1, CheckpointKind.CHECKPOINT, "");

    @TempDir
    private Path directory;

    private int names;
    private final StoreWork work =
            new StoreWork(new OpenStorages(new DirectoryStorages(this::freshName)), new ManualClock(0, 1_000_000_000L));

    private CheckpointEvent store(long checkpoint, String jobName, long nonce) {
        return store(checkpoint, jobName, nonce, List.of());
    }

    private CheckpointEvent store(long checkpoint, String jobName, long nonce, List<SegmentFile> files) {
        CheckpointManifest manifest =
                new CheckpointManifest(JOB, jobName, checkpoint, 1, false, 10, 20, files, List.of());
        CheckpointPointer pointer = new CheckpointPointer(checkpoint, 1, CheckpointKind.CHECKPOINT, "");
        return work.carryOut(place(), new StoreManifest(pointer, manifest, nonce, List.of()));
    }

    private String freshName() {
        return "n" + ++names;
    }

    private String place() {
        return directory.resolve("job").toString();
    }

    @Test
    void aManifestIsStoredOnceHoweverOftenAndReadBack() {
        assertThat(store(5, "job", 7)).isEqualTo(new CheckpointEvent.ManifestStored(JOB, 5));
        assertThat(store(5, "job", 7)).isEqualTo(new CheckpointEvent.ManifestStored(JOB, 5));
        CheckpointEvent read = work.carryOut(place(), new ReadManifest(JOB, JOB, POINTER));
        assertThat(read).isInstanceOf(CheckpointEvent.ManifestRead.class);
        assertThat(((CheckpointEvent.ManifestRead) read).manifest().jobName()).isEqualTo("job");
    }

    @Test
    void anotherManifestOfTheNameIsAKnownFailure() {
        store(5, "job", 7);
        CheckpointEvent event = store(5, "another", 7);
        assertThat(event).isInstanceOf(CheckpointEvent.ManifestFailed.class);
        CheckpointEvent.ManifestFailed failed = (CheckpointEvent.ManifestFailed) event;
        assertThat(failed.outcomeKnown()).isTrue();
        assertThat(failed.problem().code()).isEqualTo("MANIFEST_NAME_TAKEN");
    }

    @Test
    void aFileThatATaskManagerWroteElsewhereFailsTheCheckpoint() {
        SegmentFile here = new SegmentFile("5/aa-0", 1, 3);
        put(here.name());
        assertNotShared(store(5, "job", 7, List.of(here, new SegmentFile("5/bb-0", 1, 4))), "5/bb-0");
        assertNotShared(store(5, "job", 7, List.of(new SegmentFile("5/aa-0", 2, 3))), "5/aa-0");
        assertThat(names()).containsExactly("5/aa-0");

        SegmentFile ofAnEarlierCheckpoint = new SegmentFile("4/cc-0", 1, 5);
        assertThat(store(5, "job", 7, List.of(here, ofAnEarlierCheckpoint)))
                .isEqualTo(new CheckpointEvent.ManifestStored(JOB, 5));
    }

    private static void assertNotShared(CheckpointEvent event, String file) {
        assertThat(event).isInstanceOf(CheckpointEvent.ManifestFailed.class);
        CheckpointEvent.ManifestFailed failed = (CheckpointEvent.ManifestFailed) event;
        assertThat(failed.outcomeKnown()).isTrue();
        assertThat(failed.problem().code()).isEqualTo("CHECKPOINT_DIR_NOT_SHARED");
        assertThat(failed.problem().what()).contains(file);
    }

    @Test
    void whatIsDamagedOrGoneIsPermanentAndNamedByItsPath() throws IOException {
        assertUnreadable(POINTER, "CHECKPOINT_NOT_FOUND");
        store(5, "job", 7);
        Path file = Path.of(place(), "5", "manifest");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertUnreadable(POINTER, "CHECKPOINT_DAMAGED");
    }

    @Test
    void aManifestOfAnotherJobIsRefused() {
        store(5, "job", 7);
        CheckpointEvent event = work.carryOut(place(), new ReadManifest(JOB, new JobId(9, 9), POINTER));
        assertThat(((CheckpointEvent.ManifestUnreadable) event).problem().code())
                .isEqualTo("CHECKPOINT_FILE_FOREIGN");
    }

    @Test
    void aStorageThatCannotBeHadMayBeBetterLater() throws IOException {
        Files.writeString(directory.resolve("job"), "a file where the directory is to be");
        CheckpointEvent event = work.carryOut(place(), new ReadManifest(JOB, JOB, POINTER));
        assertThat(event).isInstanceOf(CheckpointEvent.ManifestUnreadable.class);
        assertThat(((CheckpointEvent.ManifestUnreadable) event).permanent()).isFalse();
        assertThat(store(5, "job", 7)).isInstanceOf(CheckpointEvent.ManifestFailed.class);
    }

    @Test
    void aSweepDeletesWhatItIsToldAndKeepsTheRest() {
        for (String name : List.of("3/aa-0", "4/aa-0", "4/manifest", "5/aa-0", "5/manifest", "9/aa-0", "other")) {
            put(name);
        }
        SweepFiles some = new SweepFiles(JOB, "", Set.of(9L), 5, Set.of("4/aa-0"));
        assertThat(work.carryOut(place(), some)).isEqualTo(new CheckpointEvent.Swept(some));
        assertThat(names()).containsExactlyInAnyOrder("4/aa-0", "5/aa-0", "5/manifest", "other");
        SweepFiles all = new SweepFiles(JOB, "", Set.of(), Long.MAX_VALUE, Set.of());
        work.carryOut(place(), all);
        assertThat(names()).containsExactly("other");
        assertThat(work.carryOut(directory.resolve("never-made").toString(), all))
                .isEqualTo(new CheckpointEvent.Swept(all));
    }

    @Test
    void anOriginIsFoundWhereverItsPathPoints() throws IOException {
        store(5, "job", 7);
        for (String path : List.of(place() + "/5", place())) {
            assertThat(readOrigin(path)).isInstanceOfSatisfying(CheckpointEvent.OriginRead.class, read -> {
                assertThat(read.job()).isEqualTo(new JobId(9, 9));
                assertThat(read.place()).isEqualTo(place());
                assertThat(read.manifest().job()).isEqualTo(JOB);
            });
        }
        assertOriginRefused(place() + "/6", "CHECKPOINT_NOT_FOUND");
        assertOriginRefused("s3://bucket/5", "STORAGE_NOT_SUPPORTED");
        SegmentWriter segment = new SegmentWriter(JOB, 8, 88);
        put("8/aa-0", segment.finish());
        store(8, "job", 7, List.of(new SegmentFile("8/aa-0", segment.length(), 88)));
        assertThat(readOrigin(place() + "/8")).isInstanceOf(CheckpointEvent.OriginRead.class);
        Files.delete(Path.of(place(), "8", "aa-0"));
        Problem missing = assertOriginRefused(place() + "/8", "CHECKPOINT_FILE_MISSING");
        assertThat(missing.where()).isEqualTo(place() + "/8/aa-0");
        Files.delete(Path.of(place(), "8", "manifest"));
        Path file = Path.of(place(), "5", "manifest");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Problem damaged = assertOriginRefused(place() + "/5", "CHECKPOINT_DAMAGED");
        assertThat(damaged.where()).isEqualTo(file + ", byte " + (bytes.length - 32));
        Files.writeString(file, "this is no manifest but another file, and long enough for a header");
        assertOriginRefused(place() + "/5", "CHECKPOINT_DAMAGED");
        store(6, "another", 7);
        assertOriginRefused(place(), "CHECKPOINT_NOT_UNIQUE");
    }

    private CheckpointEvent readOrigin(String path) {
        return work.carryOut("/nowhere", new ReadOrigin(new JobId(9, 9), StorageLocation.parse(path)));
    }

    private Problem assertOriginRefused(String path, String code) {
        CheckpointEvent event = readOrigin(path);
        assertThat(event).isInstanceOf(CheckpointEvent.OriginUnreadable.class);
        Problem problem = ((CheckpointEvent.OriginUnreadable) event).problem();
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }

    @Test
    void aSavepointGetsCopiesOfPartsThatLieInCheckpoints() {
        SegmentWriter earlier = new SegmentWriter(JOB, 3, 33);
        earlier.add(List.of(bytes("unwanted")));
        long offset = earlier.add(List.of(bytes("one"), bytes("two")));
        SegmentFile from = new SegmentFile("3/aa-0", earlier.length(), 33);
        put("3/aa-0", earlier.finish());
        StatePart part = new StatePart(PartKind.ENUMERATOR, "", 0, 0, 0, offset, from.length() - offset, 2);
        SegmentFile copy = new SegmentFile("8/copy-0", SegmentFile.HEADER_BYTES + part.length(), 88);
        String place = directory.resolve("save").toString();
        StoreManifest command = new StoreManifest(
                new CheckpointPointer(8, 1, CheckpointKind.SAVEPOINT, place),
                new CheckpointManifest(JOB, "job", 8, 1, true, 10, 20, List.of(copy), List.of()),
                7,
                List.of(new FileCopy(copy, List.of(new FileCopy.Part(from, part)))));

        assertThat(work.carryOut(place(), command)).isEqualTo(new CheckpointEvent.ManifestStored(JOB, 8));
        assertThat(work.carryOut(place(), command)).isEqualTo(new CheckpointEvent.ManifestStored(JOB, 8));

        StatePart copied = new StatePart(PartKind.ENUMERATOR, "", 0, 0, 0, SegmentFile.HEADER_BYTES, part.length(), 2);
        DirectoryStorage storage = new DirectoryStorage(Path.of(place), this::freshName);
        try (PartReader reader = SegmentReader.open(storage, new ObjectName("8/copy-0"), copy, JOB)
                .read(copied)) {
            assertThat(reader.next()).isEqualTo(bytes("one"));
            assertThat(reader.next()).isEqualTo(bytes("two"));
            assertThat(reader.next()).isNull();
        }
        new DirectoryStorage(Path.of(place()), this::freshName).delete(new ObjectName("3/aa-0"));
        CheckpointEvent gone = work.carryOut(place(), command);
        assertThat(gone).isInstanceOfSatisfying(CheckpointEvent.ManifestFailed.class, failed -> {
            assertThat(failed.outcomeKnown()).isTrue();
            assertThat(failed.problem().code()).isEqualTo("CHECKPOINT_FILE_MISSING");
        });
    }

    @Test
    void filesAreDeletedHoweverOften() {
        put("3/aa-0");
        DeleteFiles delete = new DeleteFiles(JOB, "", List.of("3/aa-0", "3/never-there"));
        CheckpointEvent.FilesDeleted deleted = new CheckpointEvent.FilesDeleted(JOB, "", delete.names());
        assertThat(work.carryOut(place(), delete)).isEqualTo(deleted);
        assertThat(work.carryOut(place(), delete)).isEqualTo(deleted);
        assertThat(names()).isEmpty();
    }

    private void assertUnreadable(CheckpointPointer pointer, String code) {
        CheckpointEvent.ManifestUnreadable event =
                (CheckpointEvent.ManifestUnreadable) work.carryOut(place(), new ReadManifest(JOB, JOB, pointer));
        assertThat(event.permanent()).isTrue();
        assertThat(event.problem().code()).isEqualTo(code);
        assertThat(event.problem().where()).contains(place() + "/5/manifest");
    }

    private void put(String name) {
        put(name, Content.of(new byte[] {1}));
    }

    private void put(String name, Content content) {
        new DirectoryStorage(Path.of(place()), this::freshName).put(new ObjectName(name), content);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() {
        List<String> found = new ArrayList<>();
        new DirectoryStorage(Path.of(place()), this::freshName)
                .list("", object -> found.add(object.name().text()));
        return found;
    }
}
