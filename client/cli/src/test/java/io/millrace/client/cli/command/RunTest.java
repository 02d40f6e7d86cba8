package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.client.cli.JarFixture;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.client.cli.outcome.Interruption;
import io.millrace.client.cli.outcome.Interruption.Ending;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.PrintedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final String EXECUTE = """
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 3).print();
            env.execute("Named by the program");
            """;
    private static final JobEnd FINISHED =
            new JobEnd(JobStatus.FINISHED, List.of(), FakeJobManager.SUBMITTED_AT, FakeJobManager.SUBMITTED_AT + 1_500);

    private final FakeJobManager jobManager = new FakeJobManager();
    private final Shell shell = new Shell();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        jobManager.close();
    }

    @Test
    void aJobBeginsWithTheStateOfAPath() throws IOException {
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");
        assertThat(run("-d", "--from", "/save/savepoint-1/7", jar.toString()).code())
                .isZero();
        assertThat(run("-d", "--from", "save/7", "--allow-dropped-state", jar.toString())
                        .code())
                .isZero();
        assertThat(run("-d", jar.toString()).code()).isZero();
        assertThat(jobManager.submitted().get(0).configuration())
                .containsEntry("job.from", "/save/savepoint-1/7")
                .doesNotContainKey("job.allow-dropped-state");
        assertThat(jobManager.submitted().get(1).configuration())
                .containsEntry("job.from", Path.of("save/7").toAbsolutePath().toString())
                .containsEntry("job.allow-dropped-state", "true");
        assertThat(jobManager.submitted().get(2).configuration()).doesNotContainKey("job.from");
    }

    @Test
    void restartsAreToldWithTheirCauseAndWhereTheyGoOn() throws IOException {
        jobManager.passes(JobStatus.RUNNING);
        jobManager.passes(JobStatus.RESTARTING);
        jobManager.passes(JobStatus.RUNNING);
        jobManager.endsJobs(FINISHED);
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");
        assertThat(run(jar.toString()).err().lines())
                .containsSubsequence("Running", "Restarting from the beginning", "Running");
        jobManager.keepsCheckpoint(9);
        jobManager.failedBecause(new Problem("USER_ERROR", "division by zero", "", "", ""));
        assertThat(run(jar.toString()).err()).contains("Restarting from checkpoint 9: division by zero\n");
    }

    @Test
    void whatCannotBeBegunWithIsRefused() throws IOException {
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");
        assertThat(run("--from", "http://x/7", jar.toString()).problem()).isEqualTo("OPTION_VALUE_INVALID");
        assertThat(run("--from", " ", jar.toString()).code()).isEqualTo(2);
        assertThat(run("--allow-dropped-state", jar.toString()).problem()).isEqualTo("OPTION_CONFLICT");
        assertThat(jobManager.submitted()).isEmpty();
        jobManager.refuses(new Problem("STATE_WITHOUT_OPERATOR", "no operator", "/save/7", "", "Allow it"));
        Result refused = run("--from", "/save/7", jar.toString());
        assertThat(refused.problem()).isEqualTo("STATE_WITHOUT_OPERATOR");
        assertThat(refused.code()).isEqualTo(2);
    }

    @Test
    void attachedRunShowsProgressOnOneStreamAndOutputOnTheOther() throws IOException {
        jobManager.passes(JobStatus.WAITING_FOR_SLOTS);
        jobManager.passes(JobStatus.DEPLOYING);
        jobManager.passes(JobStatus.RUNNING);
        jobManager.prints(new PrintedLines(0, "Print", 0, false, List.of("1", "2"), 0));
        jobManager.prints(new PrintedLines(0, "Print", 0, false, List.of("3"), 7));
        jobManager.endsJobs(FINISHED);
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run(jar.toString());

        JobId job = jobManager.jobIds().get(0);
        assertThat(result.out()).isEqualTo("1\n2\n3\n");
        assertThat(result.err()).isEqualTo("""
                Submitted job %s 'Named by the program'; Ctrl-C cancels it
                Waiting for slots: the job needs 4, 1 are free
                Deploying 2 subtasks
                Running
                (7 lines of 'Print', subtask 1, were dropped here: nobody took them in time)
                Finished after 1.5 s
                """.formatted(job));
        assertThat(result.code()).isZero();
        assertThat(jobManager.blobs.stored().values()).containsExactly(Files.readAllBytes(jar));
        JobGraph graph = jobManager.submitted().get(0);
        assertThat(graph.jars()).singleElement().satisfies(blob -> {
            assertThat(blob.fileName()).isEqualTo("job.jar");
            assertThat(blob.sha256())
                    .isEqualTo(jobManager.blobs.stored().keySet().iterator().next());
        });
    }

    @Test
    void optionsReachTheJobAndTheWordsAfterTheJarItsMain() {
        jobManager.endsJobs(FINISHED);
        Path jar = new JarFixture(directory)
                .main("Job", "System.setProperty(\"fixture.args\", String.join(\"|\", args));" + EXECUTE)
                .write("job.jar");

        Result result = run(
                "-p", "3", "--name", "Mine", "-D", "job.object-reuse=true", jar.toString(), "--rate", "5", "-d", "@x");

        assertThat(result.code()).isZero();
        assertThat(System.clearProperty("fixture.args")).isEqualTo("--rate|5|-d|@x");
        JobGraph graph = jobManager.submitted().get(0);
        assertThat(graph.name()).isEqualTo("Mine");
        assertThat(graph.vertices()).anyMatch(vertex -> vertex.parallelism() == 3);
        assertThat(graph.configuration()).containsEntry("job.object-reuse", "true");
    }

    @Test
    void settingsOfJobsReachTheJobAndThoseOfTheClusterDoNot() {
        jobManager.endsJobs(FINISHED);
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run(
                "-D",
                "checkpoint.interval=5s",
                "-D",
                "restart.strategy=none",
                "-D",
                "heartbeat.interval=1s",
                jar.toString());

        assertThat(result.code()).isZero();
        assertThat(jobManager.submitted().get(0).configuration())
                .containsEntry("checkpoint.interval", "5s")
                .containsEntry("restart.strategy", "none")
                .doesNotContainKey("heartbeat.interval");
    }

    @Test
    void parallelismMaxTakesAllFreeSlots() {
        jobManager.endsJobs(FINISHED);
        jobManager.answersStatus(() -> slots(5, 3));
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        assertThat(run("-p", "max", jar.toString()).code()).isZero();
        assertThat(jobManager.submitted().get(0).vertices()).anyMatch(vertex -> vertex.parallelism() == 3);
    }

    @Test
    void parallelismMaxWithoutFreeSlotsIsAWrongState() {
        jobManager.answersStatus(() -> slots(5, 0));
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run("-p", "max", jar.toString());

        assertThat(result.problem()).isEqualTo("NO_FREE_SLOTS");
        assertThat(result.code()).isEqualTo(4);
        assertThat(jobManager.blobs.stored()).isEmpty();
    }

    @Test
    void detachedRunPrintsTheIdAndLeaves() {
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run("-d", jar.toString());

        assertThat(result.out()).isEqualTo(jobManager.jobIds().get(0) + "\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(jobManager.cancelled()).isEmpty();
    }

    @Test
    void detachedRunForMachinesPrintsJson() {
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run("-d", "--json", jar.toString());

        assertThat(result.out())
                .contains("\"job\" : \"" + jobManager.jobIds().get(0) + "\"", "\"name\" : \"Named by the program\"");
    }

    @Test
    void jobStartedWithoutWaitingIsFollowedToItsEnd() {
        jobManager.prints(new PrintedLines(0, "Print", 0, true, List.of("to the error stream"), 0));
        jobManager.endsJobs(FINISHED);
        Path jar = new JarFixture(directory)
                .main("Job", EXECUTE.replace("env.execute(", "env.executeAsync("))
                .write("job.jar");

        Result result = run(jar.toString());

        assertThat(result.err()).contains("to the error stream\n", "Finished after 1.5 s");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @Test
    void failedJobIsShownOnceWithPlaceAndUserStack() {
        Problem problem =
                new Problem("USER_CODE_FAILED", "Operator 'Map' failed", "Job.java:7", "java.lang.Boom", "Correct it");
        Failure first = new Failure(
                problem,
                "java.lang.Boom: no\n\tat Job.map(Job.java:7)",
                new SubtaskId(new JobId(1, 1), 1, 0, 2, 0),
                "Source -> Map",
                "taskmanager-1",
                FakeJobManager.SUBMITTED_AT,
                "");
        jobManager.endsJobs(new JobEnd(JobStatus.FAILED, List.of(first, first), 1_000, 3_000));
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run(jar.toString());

        assertThat(result.err()).endsWith("""
                Failed after 2.0 s
                [USER_CODE_FAILED] Operator 'Map' failed
                  where: Job.java:7
                  why:   java.lang.Boom
                  do:    Correct it
                  in:    subtask 3 of 'Source -> Map' on taskmanager-1
                java.lang.Boom: no
                	at Job.map(Job.java:7)
                ... and 1 failure after it: millrace status %s
                """.formatted(jobManager.jobIds().get(0)));
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void jobThatSomebodyElseCancelsIsNoSuccess() {
        jobManager.endsJobs(new JobEnd(JobStatus.CANCELED, List.of(), 1_000, 3_000));
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run(jar.toString());

        assertThat(result.err()).endsWith("Cancelled after 2.0 s\n");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void interruptedAttachedRunCancelsItsJob() throws InterruptedException, ExecutionException {
        jobManager.passes(JobStatus.RUNNING);
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");
        Interruption interruption = shell.interruption();
        CompletableFuture<Result> running = CompletableFuture.supplyAsync(() -> run(jar.toString()));

        jobManager.awaitFollower();
        assertThat(interruption.request(new Ending.Signal(), 60)).contains(130);

        Result result = running.get();
        JobId job = jobManager.jobIds().get(0);
        assertThat(jobManager.cancelled()).containsExactly(job);
        assertThat(result.err()).contains("Cancelling job " + job + " ...\n", "Cancelled after 2.0 s");
        assertThat(result.code()).isEqualTo(130);
    }

    @Test
    void unreachableClusterIsToldBeforeTheProgramRuns() {
        Path jar = new JarFixture(directory)
                .main("Job", "System.setProperty(\"fixture.ran\", \"yes\");")
                .write("job.jar");
        jobManager.close();

        Result result = run(jar.toString());

        assertThat(result.problem()).isEqualTo("CLUSTER_UNREACHABLE");
        assertThat(result.code()).isEqualTo(3);
        assertThat(System.getProperty("fixture.ran")).isNull();
    }

    @Test
    void refusedJobIsBadInputAndLeavesNoJob() {
        jobManager.refuses(new Problem("BAD_PARALLELISM", "Too much", "Job.java:3", "", "Ask for less"));
        Path jar = new JarFixture(directory).main("Job", EXECUTE).write("job.jar");

        Result result = run(jar.toString());

        assertThat(result.err()).startsWith("[BAD_PARALLELISM] Too much\n  where: Job.java:3\n  do:    Ask for less\n");
        assertThat(result.code()).isEqualTo(2);
        assertThat(jobManager.jobIds()).isEmpty();
    }

    private Result run(String... words) {
        List<String> all = new ArrayList<>(List.of("run", "-m", jobManager.address()));
        all.addAll(List.of(words));
        return shell.run(all.toArray(String[]::new));
    }

    private static ClusterStatus slots(int total, int free) {
        PeerAddress address = new PeerAddress(new TaskManagerId("tm"), new Incarnation(1), "127.0.0.1", 1);
        TaskManagerDetails taskManager = new TaskManagerDetails(address, total, free, "0.1.0", 1, 1, true);
        return new ClusterStatus(new Epoch(1), "millrace", "0.1.0", 1, List.of(taskManager), 1);
    }
}
