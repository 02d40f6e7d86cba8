package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobDetails.OperatorDetails;
import io.millrace.common.graph.status.JobDetails.SubtaskDetails;
import io.millrace.common.graph.status.JobDetails.VertexDetails;
import io.millrace.common.graph.status.PrintedLines;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobVerbsTest {
    private static final JobId LIVE = new JobId(0x1234_5678_9abc_def0L, 1);
    private static final JobId OLD = new JobId(0x1234_0000_0000_0000L, 2);
    private static final JobId FAILED = new JobId(0xfedc_ba98_7654_3210L, 3);

    private final FakeJobManager jobManager = new FakeJobManager();
    private final Shell shell = new Shell().at(new ManualClock(0, FakeJobManager.SUBMITTED_AT + 65_000));

    @BeforeEach
    void fill() {
        jobManager.has(live());
        jobManager.has(FakeJobManager.details(
                FakeJobManager.summary(OLD, "Analysis", JobStatus.FINISHED, FakeJobManager.SUBMITTED_AT + 1_000)));
        jobManager.has(failed());
    }

    @AfterEach
    void close() {
        jobManager.close();
    }

    @Test
    void listShowsAJobInALine() {
        Result result = run("list");

        assertThat(result.out()).isEqualTo("""
                JOB           NAME      STATUS    RUNNING  SUBMITTED             DURATION
                123456789abc  Analysis  RUNNING       2/2  2026-01-01 00:00:00  1 min 5 s
                123400000000  Analysis  FINISHED      2/2  2026-01-01 00:00:00      1.0 s
                fedcba987654  Broken    FAILED        2/2  2026-01-01 00:00:00      1.0 s
                """);
        assertThat(result.code()).isZero();
    }

    @Test
    void listForMachinesHasEveryField() {
        assertThat(run("list", "--json").out()).contains("""
                [ {
                  "job" : "123456789abcdef00000000000000001",
                  "name" : "Analysis",
                  "status" : "RUNNING",
                  "submittedAtEpochMs" : 1767225600000,
                  "endedAtEpochMs" : 0,
                  "subtasks" : {
                    "RUNNING" : 2
                  }
                }, {""");
    }

    @Test
    void statusShowsOperatorsAndSubtasks() {
        Result result = run("status", "12345");

        assertThat(result.out()).isEqualTo("""
                Job        123456789abcdef00000000000000001
                Name       Analysis
                Status     RUNNING for 5.0 s
                Submitted  2026-01-01 00:00:00, duration 1 min 5 s
                Slots      4
                From       /save/7
                Dropped    'Count' (uid:c)
                Restarts   2

                OPERATOR  TASKS  RECORDS IN  RECORDS OUT  BUSY  BACK-PRESSURED  WATERMARK
                Source        2           0      1000000  25 %            50 %  2026-01-01T00:00:00.123Z
                  + Map             1000000       999999  25 %            50 %  -
                Print         1      999999            0   1 %             0 %  end

                TASK           SUBTASK  STATE    TASKMANAGER    SLOT  RECORDS IN  RECORDS OUT  BUSY
                Source -> Map        1  RUNNING  taskmanager-1     0           0       500000  25 %
                Source -> Map        2  CREATED  -                 -           0            0   0 %
                """);
        assertThat(result.code()).isZero();
    }

    @Test
    void statusForMachinesHasEveryField() {
        assertThat(run("status", "--json", LIVE.toString()).out())
                .contains("\"status\" : \"RUNNING\"", "\"slotsNeeded\" : 4", "\"restarts\" : 2", "\"busyShare\" : 0.25")
                .contains("\"currentWatermark\" : 1767225600123", "\"place\" : \"Job.java:5\"")
                .contains("\"recordsOut\" : 999999", "\"taskManager\" : \"taskmanager-1\"");
    }

    @Test
    void statusOfAFailedJobSaysWhy() {
        Result result = run("status", "Broken");

        assertThat(result.err()).isEqualTo("[NOT_ENOUGH_SLOTS] 4 needed, 2 free\n  do:    Start TaskManagers\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void nameOfSeveralJobsMeansTheOneThatHasNotEnded() {
        assertThat(run("status", "Analysis").out()).startsWith("Job        " + LIVE);
    }

    @Test
    void startOfSeveralIdsIsAmbiguousUnlessOneIsLive() {
        jobManager.has(FakeJobManager.details(
                FakeJobManager.summary(LIVE, "Analysis", JobStatus.CANCELED, FakeJobManager.SUBMITTED_AT + 1)));

        Result result = run("status", "1234");

        assertThat(result.problem()).isEqualTo("AMBIGUOUS_JOB");
        assertThat(result.err()).contains(LIVE.toString(), OLD.toString());
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void unknownJobIsNoSuchJobWithTheNearestName() {
        for (String verb : List.of("status", "cancel", "logs")) {
            Result result = run(verb, "Analisys");

            assertThat(result.problem()).isEqualTo("NO_SUCH_JOB");
            assertThat(result.err()).contains("Did you mean 'Analysis'?");
            assertThat(result.code()).isEqualTo(4);
        }
    }

    @Test
    void aNameThatIsLikeNoneGetsNoFarFetchedGuess() {
        Result result = run("status", "xyz");

        assertThat(result.err()).contains("There is no job 'xyz'", "do:    'millrace list' shows all jobs");
        assertThat(result.err()).doesNotContain("Did you mean");
    }

    @Test
    void aBugOfTheCommandItselfHasAnExitCodeOfItsOwn() {
        shell.at(new Clock() {
            @Override
            public long nanoTime() {
                throw new IllegalStateException("no time");
            }

            @Override
            public long epochMillis() {
                throw new IllegalStateException("no time");
            }
        });

        Result result = run("list");

        assertThat(result.problem()).isEqualTo("INTERNAL_ERROR");
        assertThat(result.err()).contains("no time", "bug of Millrace", "--verbose");
        assertThat(result.code()).isEqualTo(70);
    }

    @Test
    void cancelWaitsUntilTheJobIsCancelled() {
        Result result = run("cancel", "Analysis");

        assertThat(jobManager.cancelled()).containsExactly(LIVE);
        assertThat(result.err()).isEqualTo("Job " + LIVE + " 'Analysis' is cancelled\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void cancelOfACancelledJobSucceeds() {
        assertThat(run("cancel", LIVE.toString()).code()).isZero();
        assertThat(run("cancel", LIVE.toString()).code()).isZero();
    }

    @Test
    void cancelOfAFinishedJobIsAWrongState() {
        Result result = run("cancel", OLD.toString());

        assertThat(result.problem()).isEqualTo("JOB_ALREADY_ENDED");
        assertThat(result.err()).contains("FINISHED");
        assertThat(result.code()).isEqualTo(4);
    }

    @Test
    void logsShowWhatIsRetainedAndEnd() {
        jobManager.prints(new PrintedLines(0, "Print", 0, false, List.of("Grüße", "2"), 0));

        Result result = run("logs", "Analysis");

        assertThat(result.out()).isEqualTo("Grüße\n2\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void unreachableClusterIsToldByEveryVerb() {
        jobManager.close();
        for (String verb : List.of("list", "status x", "cancel x", "logs x", "cluster status")) {
            Result result = run(verb.split(" ", -1));

            assertThat(result.problem()).isEqualTo("CLUSTER_UNREACHABLE");
            assertThat(result.err()).contains(jobManager.address());
            assertThat(result.code()).isEqualTo(3);
        }
    }

    private Result run(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "-m";
        all[words.length + 1] = jobManager.address();
        return shell.run(all);
    }

    private static JobDetails live() {
        SubtaskDetails placed =
                new SubtaskDetails(0, 0, ExecutionState.RUNNING, "taskmanager-1", 0, 0.25, 0.5, 0, 500_000, null);
        SubtaskDetails unplaced = new SubtaskDetails(1, 0, ExecutionState.CREATED, "", 0, 0, 0, 0, 0, null);
        VertexDetails source = new VertexDetails(
                0,
                "Source -> Map",
                2,
                32_768,
                List.of(
                        new OperatorDetails(0, "Source", "Job.java:5", 0, 1_000_000, FakeJobManager.SUBMITTED_AT + 123),
                        new OperatorDetails(1, "Map", "Job.java:6", 1_000_000, 999_999, null)),
                List.of(placed, unplaced),
                0.25,
                0.5,
                List.of());
        VertexDetails print = new VertexDetails(
                1,
                "Print",
                1,
                32_768,
                List.of(new OperatorDetails(2, "Print", "Job.java:7", 999_999, 0, Long.MAX_VALUE)),
                List.of(),
                0.012,
                0,
                List.of(0));
        return new JobDetails(
                FakeJobManager.summary(LIVE, "Analysis", JobStatus.RUNNING, 0),
                1,
                FakeJobManager.SUBMITTED_AT + 60_000,
                4,
                0,
                new JobDetails.Restarts(2, ""),
                new JobDetails.Origin("/save/7", List.of("'Count' (uid:c)")),
                List.of(),
                List.of(source, print));
    }

    private static JobDetails failed() {
        Problem problem = new Problem("NOT_ENOUGH_SLOTS", "4 needed, 2 free", "", "", "Start TaskManagers");
        return new JobDetails(
                FakeJobManager.summary(FAILED, "Broken", JobStatus.FAILED, FakeJobManager.SUBMITTED_AT + 1_000),
                1,
                FakeJobManager.SUBMITTED_AT,
                4,
                0,
                JobDetails.Restarts.NONE,
                JobDetails.Origin.NONE,
                List.of(Failure.ofJob(problem, FakeJobManager.SUBMITTED_AT)),
                List.of());
    }
}
