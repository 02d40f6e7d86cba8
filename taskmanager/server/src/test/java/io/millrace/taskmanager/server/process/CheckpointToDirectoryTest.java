package io.millrace.taskmanager.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.common.checkpoint.format.PartReader;
import io.millrace.common.checkpoint.format.SegmentReader;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.DirectoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.Cancel;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole TaskManager but for its JobManager: real slots, real workers, a real directory. */
@Timeout(60)
class CheckpointToDirectoryTest {
    private static final JobId JOB = new JobId(5, 6);

    @TempDir
    Path directory;

    private static JobGraph endless() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(2);
        env.fromSequence(0, Long.MAX_VALUE - 1).filter(number -> number < 0).print();
        return env.getJobGraph("endless");
    }

    private static TriggerCheckpoint trigger(long checkpoint, Path place) {
        return new TriggerCheckpoint(JOB, 1, checkpoint, CheckpointKind.CHECKPOINT, place.toString());
    }

    @Test
    void sourcesAreSnapshottedIntoOneFilePerCheckpointAndTheJobRunsOnWhenTheStorageFails() throws Exception {
        Path place = directory.resolve("checkpoints");
        Path noDirectory = Files.writeString(directory.resolve("file"), "in the way");
        try (LoneTaskManager taskManager = new LoneTaskManager()) {
            List<SubtaskId> tasks = taskManager.run(JOB, endless());

            taskManager.send(trigger(1, place));
            CheckpointAcknowledged first = taskManager.await(CheckpointAcknowledged.class);
            assertThat(first.subtasks())
                    .extracting(SubtaskAcknowledgement::subtask)
                    .containsExactlyInAnyOrderElementsOf(tasks);
            assertThat(first.files()).hasSize(1);
            assertThat(readAll(first, place)).contains(PartKind.ENUMERATOR, PartKind.SPLITS);
            taskManager.send(new CheckpointCompleted(JOB, 1, 1));

            taskManager.send(trigger(2, noDirectory));
            CheckpointDeclined declined = taskManager.await(CheckpointDeclined.class);
            assertThat(declined.problem().code()).startsWith("STORAGE_");
            assertThat(declined.problem().where()).isEqualTo(noDirectory.toString());
            taskManager.send(new CheckpointAborted(JOB, 1, 2, "declined"));

            taskManager.send(trigger(3, place));
            CheckpointAcknowledged third = taskManager.await(CheckpointAcknowledged.class);
            assertThat(readAll(third, place)).contains(PartKind.ENUMERATOR, PartKind.SPLITS);
            assertThat(files(place))
                    .containsExactlyInAnyOrder(
                            first.files().get(0).name(), third.files().get(0).name());

            taskManager.send(new Cancel(tasks));
            taskManager.awaitStates(ExecutionState.CANCELED, tasks.size());
        }
    }

    /** Every part, checked by its checksums. @return their kinds */
    private static List<PartKind> readAll(CheckpointAcknowledged ack, Path place) {
        List<PartKind> kinds = new ArrayList<>();
        try (CheckpointStorage storage = new DirectoryStorage(place, () -> "test")) {
            for (SubtaskAcknowledgement subtask : ack.subtasks()) {
                for (OperatorParts operator : subtask.operators()) {
                    for (StatePart part : operator.parts()) {
                        var file = ack.files().get(part.file());
                        SegmentReader segment =
                                SegmentReader.open(storage, new ObjectName(file.name()), file, ack.job());
                        try (PartReader reader = segment.read(part)) {
                            assertThat(reader.next()).isNotNull();
                            assertThat(reader.next()).isNull();
                        }
                        kinds.add(part.kind());
                    }
                }
            }
        }
        return kinds;
    }

    private static List<String> files(Path place) throws IOException {
        try (Stream<Path> below = Files.walk(place)) {
            return below.filter(Files::isRegularFile)
                    .map(file -> place.relativize(file).toString())
                    .toList();
        }
    }
}
