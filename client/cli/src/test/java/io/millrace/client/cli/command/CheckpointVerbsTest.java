package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointVerbsTest {
    private static final JobId JOB = new JobId(0x1234_5678_9abc_def0L, 1);
    private static final Problem LATE =
            new Problem("CHECKPOINT_TIMED_OUT", "It was not complete after 9 ms", "", "", "Look for back-pressure");

    private final FakeJobManager jobManager = new FakeJobManager();

    @BeforeEach
    void fill() {
        jobManager.has(FakeJobManager.details(FakeJobManager.summary(JOB, "Analysis", JobStatus.RUNNING, 0)));
    }

    @AfterEach
    void close() {
        jobManager.close();
    }

    @Test
    void checkpointsAreShownWithCausesAndPaths() {
        jobManager.hasCheckpoints(JOB, checkpoints());

        Result result = run("checkpoints", "Analysis");

        assertThat(result.out()).isEqualTo("""
                CHECKPOINT  KIND        STATUS       TRIGGERED            DURATION  ALIGNMENT    STATE  IN FLIGHT\
                  WRITTEN  KEPT AT
                         4  CHECKPOINT  IN_PROGRESS  2026-01-01 00:00:00         -          -      0 B          -\
                      0 B  -
                         3  CHECKPOINT  FAILED       2026-01-01 00:00:00      9 ms       4 ms      0 B          -\
                      0 B  -
                         2  CHECKPOINT  COMPLETED    2026-01-01 00:00:00     1.5 s      1.2 s  1.5 MiB    2.0 KiB\
                   1023 B  /kept/2

                Checkpoint 3 in subtask 'Map' (2/2): [CHECKPOINT_TIMED_OUT] It was not complete after 9 ms
                  do:    Look for back-pressure
                """);
        assertThat(result.code()).isZero();
    }

    @Test
    void checkpointsForMachinesHaveEveryField() {
        jobManager.hasCheckpoints(JOB, checkpoints());

        assertThat(run("checkpoints", "--json", "Analysis").out())
                .contains("\"checkpoint\" : 3", "\"run\" : 1", "\"kind\" : \"CHECKPOINT\"", "\"status\" : \"FAILED\"")
                .contains("\"durationMs\" : 1500", "\"stateBytes\" : 1572864", "\"writtenBytes\" : 1023")
                .contains("\"alignmentMs\" : 1200", "\"inFlightBytes\" : 2048", "\"unaligned\" : true")
                .contains("\"path\" : \"/kept/2\"", "\"subtask\" : \"'Map' (2/2)\"")
                .contains("\"code\" : \"CHECKPOINT_TIMED_OUT\"", "\"nextStep\" : \"Look for back-pressure\"");
    }

    @Test
    void aJobWithoutCheckpointsSaysSo() {
        assertThat(run("checkpoints", "Analysis").out()).isEqualTo("No checkpoints\n");
        assertThat(run("checkpoints", "--json", "Analysis").out()).isEqualTo("[ ]\n");
        assertThat(run("checkpoints", "nobody").problem()).isEqualTo("NO_SUCH_JOB");
        assertThat(run("checkpoints", "nobody").code()).isEqualTo(4);
    }

    @Test
    void aSavepointsPathIsTheResult() {
        Result result = run("savepoint", "Analysis", "/save");

        assertThat(result.out()).isEqualTo("/save/savepoint-" + JOB + "/7\n");
        assertThat(result.code()).isZero();
        assertThat(run("savepoint", "Analysis").code()).isZero();
        assertThat(jobManager.savepointPlaces()).containsExactly("/save", "");
    }

    @Test
    void aSavepointThatIsNotTakenSaysWhy() {
        jobManager.refuses(LATE);
        assertThat(run("savepoint", "Analysis").problem()).isEqualTo("CHECKPOINT_TIMED_OUT");
        assertThat(run("savepoint", "Analysis").out()).isEmpty();
        assertThat(run("savepoint", "Analysis").code()).isEqualTo(4);
        jobManager.refuses(new Problem("STORAGE_NOT_SUPPORTED", "This build has no object store", "", "", "No"));
        assertThat(run("savepoint", "Analysis", "s3://bucket/prefix").code()).isEqualTo(2);
        assertThat(run("savepoint", "nobody").problem()).isEqualTo("NO_SUCH_JOB");
    }

    @Test
    void aJobIsStoppedWithASavepointAndItsPathIsTheResult() {
        Result result = run("stop", "Analysis", "--savepoint", "/save");
        assertThat(result.out()).isEqualTo("/save/savepoint-" + JOB + "/7\n");
        assertThat(result.err()).contains("is stopped");
        assertThat(result.code()).isZero();
        fill();
        assertThat(run("stop", "--drain", "Analysis").code()).isZero();
        assertThat(jobManager.savepointPlaces()).containsExactly("/save", "");
        assertThat(jobManager.savepointKinds()).containsExactly("stop", "stop drain");
    }

    @Test
    void aJobThatDoesNotEndWellAfterItsSavepointStillTellsThePath() {
        jobManager.stopsAs(JobStatus.FAILED);
        Result result = run("stop", "Analysis");
        assertThat(result.out()).isEqualTo("/save/savepoint-" + JOB + "/7\n");
        assertThat(result.problem()).isEqualTo("JOB_FAILED");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aStopThatIsRefusedSaysWhyAndPrintsNoPath() {
        jobManager.refuses(new Problem("STOP_UNDER_WAY", "The job is being stopped", "", "", "Wait"));
        Result result = run("stop", "Analysis");
        assertThat(result.out()).isEmpty();
        assertThat(result.problem()).isEqualTo("STOP_UNDER_WAY");
        assertThat(result.code()).isEqualTo(4);
    }

    private Result run(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "-m";
        all[words.length + 1] = jobManager.address();
        return new Shell().run(all);
    }

    private static List<CheckpointSummary> checkpoints() {
        return List.of(
                summary(4, CheckpointStatus.IN_PROGRESS, new Cost(0, 0, 0, 0, 0), "", null, ""),
                summary(3, CheckpointStatus.FAILED, new Cost(9, 4, 0, 0, 0), "'Map' (2/2)", LATE, ""),
                summary(
                        2,
                        CheckpointStatus.COMPLETED,
                        new Cost(1_500, 1_200, 3 << 19, 2_048, 1_023),
                        "",
                        null,
                        "/kept/2"));
    }

    private record Cost(long durationMs, long alignmentMs, long stateBytes, long inFlightBytes, long writtenBytes) {}

    private static CheckpointSummary summary(
            long id, CheckpointStatus status, Cost cost, String subtask, @Nullable Problem cause, String path) {
        return new CheckpointSummary(
                id,
                1,
                CheckpointKind.CHECKPOINT,
                status,
                new CheckpointSummary.Cost(
                        FakeJobManager.SUBMITTED_AT,
                        cost.durationMs(),
                        cost.alignmentMs(),
                        cost.stateBytes(),
                        cost.inFlightBytes(),
                        cost.writtenBytes()),
                subtask,
                cause,
                path);
    }
}
