package io.millrace.taskmanager.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.taskmanager.runtime.operator.Workers;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.StorageOpened;
import io.millrace.taskmanager.server.checkpoint.SegmentFiles;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a worker, the supervisor is answered. */
class WorkerSegmentStoreTest {
    private static final JobId JOB = new JobId(1, 2);
    private static final FreshNames NAMES = new FreshNames(new Incarnation(7));

    private final Mailbox<SupervisorEvent> supervisor = new Mailbox<>("supervisor", 16, new Signal());

    private Outcome<CheckpointStorage> open(Workers workers, CheckpointStorages storages, String place) {
        SegmentFiles files = new SegmentFiles(new Incarnation(7), 100, () -> 1, nanos -> {});
        new WorkerSegmentStore(workers, storages, files, supervisor).open(JOB, StorageLocation.parse(place));
        SupervisorEvent event = supervisor.poll();
        assertThat(supervisor.poll()).isNull();
        assertThat(event).isInstanceOf(SupervisorEvent.OfCheckpoint.class);
        StorageOpened opened = (StorageOpened) ((SupervisorEvent.OfCheckpoint) event).event();
        assertThat(opened.place()).isEqualTo(StorageLocation.parse(place));
        return opened.storage();
    }

    private static String code(Outcome<?> outcome) {
        return ((Outcome.Failure<?>) outcome).problem().code();
    }

    @Test
    void aDirectoryIsOpened() {
        Outcome<CheckpointStorage> outcome =
                open((name, work) -> work.run(), new DirectoryStorages(NAMES), "/checkpoints");
        assertThat(outcome.orThrow().location()).isEqualTo("file:///checkpoints");
    }

    @Test
    void aPlaceWithoutStorageIsToldWithItsProblem() {
        assertThat(code(open((name, work) -> work.run(), new DirectoryStorages(NAMES), "s3://bucket")))
                .isEqualTo("STORAGE_NOT_SUPPORTED");
    }

    @Test
    void workersThatAreAllBusyAreAnAnswerToo() {
        Workers busy = (name, work) -> {
            throw new RejectedExecutionException("full");
        };
        assertThat(code(open(busy, new DirectoryStorages(NAMES), "/checkpoints")))
                .isEqualTo("CHECKPOINT_WRITER_BROKE");
    }

    @Test
    void anErrorOfAStorageIsAnAnswerToo() {
        CheckpointStorages broken = place -> {
            throw new NoClassDefFoundError("a library");
        };
        assertThat(code(open((name, work) -> work.run(), broken, "/checkpoints")))
                .isEqualTo("CHECKPOINT_WRITER_BROKE");
    }

    @Test
    void namesDoNotRepeat() {
        FreshNames names = new FreshNames(new Incarnation(8));
        assertThat(IntStream.range(0, 3).mapToObj(i -> names.get()))
                .containsExactly("0000000000000008-0", "0000000000000008-1", "0000000000000008-2");
    }
}
