package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.common.graph.execution.Failure;
import io.millrace.deploy.local.jobs.ChurnJob;
import io.millrace.deploy.local.jobs.Conduct;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A TaskManager that is told to end, with a job on it. */
@Timeout(60)
final class TaskManagerEndTest {
    /** Less than a slot whose user code ignores interrupts would be waited for. */
    private static final Duration PROMPT = Duration.ofSeconds(8);

    @TempDir
    Path directory;

    @Test
    void aTaskManagerThatEndsSaysGoodbyeAndFreesItsThreadsFromUserCode() throws Exception {
        Path jar = JobJars.ofPackage(ChurnJob.class, directory.resolve("churn.jar"));
        try (JarCluster cluster = new JarCluster(2, 2, directory)) {
            JarRun run = cluster.run(jar, ChurnJob.class.getName(), 4, Conduct.BLOCKED.name());
            run.awaitSubmitted();
            Eventually.await(PROMPT, "a sink that waits", Conduct::isAnyWaiting, run::told);

            long begin = System.nanoTime();
            cluster.taskManagers().get(1).close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPT);
            assertThat(run.awaitExitCode()).isEqualTo(ExitCode.JOB_FAILED);
            Failure failure = run.awaitEnd().failures().get(0);
            assertThat(failure.problem().code()).isEqualTo("TASK_MANAGER_LOST");
            assertThat(failure.problem().render()).contains("tm-1").contains("It was shut down");
        }
    }
}
