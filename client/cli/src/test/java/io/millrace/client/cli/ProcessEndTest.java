package io.millrace.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a process of its own: signals and System.exit. */
class ProcessEndTest {
    private static final String EXECUTE = """
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 3).print();
            env.execute("Job");
            """;

    private final FakeJobManager jobManager = new FakeJobManager();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        jobManager.close();
    }

    @Test
    void exitInMainIsNamedWithItsPlace() throws IOException, InterruptedException {
        Process client = run("System.exit(0);");

        String errors = errors(client);
        assertThat(errors).startsWith("""
                        [MAIN_EXITED] The program called System.exit before it submitted a job
                          where: Job.main (Job.java:5)
                        """);
        assertThat(client.waitFor()).isEqualTo(2);
        assertThat(jobManager.jobIds()).isEmpty();
    }

    @Test
    void exitAfterTheJobsEndIsTheJobsResult() throws IOException, InterruptedException {
        jobManager.endsJobs(new JobEnd(JobStatus.FINISHED, List.of(), 1_000, 2_000));
        Process client = run(EXECUTE + "System.exit(7);");

        assertThat(errors(client)).endsWith("Finished after 1.0 s\n");
        assertThat(client.waitFor()).isZero();
    }

    @Test
    void exitWhileTheJobRunsCancelsIt() throws IOException, InterruptedException {
        Process client = run(EXECUTE.replace("execute(", "executeAsync(") + "System.exit(0);");

        assertThat(errors(client)).contains("[MAIN_EXITED]", "while its job ran");
        assertThat(client.waitFor()).isEqualTo(1);
        assertThat(jobManager.cancelled()).hasSize(1);
    }

    @Test
    void signalCancelsTheAttachedJob() throws IOException, InterruptedException {
        Process client = run(EXECUTE);
        jobManager.awaitFollower();

        client.toHandle().destroy();

        assertThat(errors(client)).contains("Cancelling job ", "Cancelled after 2.0 s");
        assertThat(client.waitFor()).isEqualTo(130);
        assertThat(jobManager.cancelled()).hasSize(1);
    }

    private Process run(String body) throws IOException {
        Path jar = new JarFixture(directory).main("Job", body).write("job.jar");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MillraceMain.class.getName()));
        command.addAll(List.of("run", "-m", jobManager.address(), jar.toString()));
        return new ProcessBuilder(command).start();
    }

    /** All it writes to the error stream; its end is then near. */
    private static String errors(Process client) throws IOException, InterruptedException {
        String text = new String(client.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
