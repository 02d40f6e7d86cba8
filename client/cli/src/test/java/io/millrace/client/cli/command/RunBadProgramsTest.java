package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.client.cli.JarFixture;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that submit no job, or do what a program must not. Nothing of them is left on the cluster. */
class RunBadProgramsTest {
    private final FakeJobManager jobManager = new FakeJobManager();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        jobManager.close();
    }

    @Test
    void exceptionOfMainIsShownWithTheUsersStackAlone() {
        Result result = run(new JarFixture(directory).main("Job", "throw new IllegalStateException(\"no luck\");"));

        assertThat(result.err()).isEqualTo("""
                [MAIN_THREW] The program's main ended with an exception
                  where: Job.main (Job.java:5)
                  why:   java.lang.IllegalStateException: no luck
                  do:    Correct the program; its stack follows
                java.lang.IllegalStateException: no luck
                	at job bad.jar//Job.main(Job.java:5)
                """);
        refused(result, "MAIN_THREW");
    }

    @Test
    void missingClassIsToldAsSuch() {
        Result result = run(new JarFixture(directory).main("Job", "throw new NoClassDefFoundError(\"org/acme/Lib\");"));

        assertThat(result.err()).contains("org/acme/Lib", "Put the class into the jar");
        refused(result, "MAIN_THREW");
    }

    @Test
    void programThatSubmitsNothingIsRefused() {
        Result result = run(new JarFixture(directory).main("Job", ""));

        assertThat(result.err()).contains("Job.main", "Call execute()");
        refused(result, "NO_JOB_SUBMITTED");
    }

    @Test
    void jobWithoutSinkIsRefusedWithTheApisOwnCode() {
        Result result = run(new JarFixture(directory).main("Job", """
                        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                        env.fromSequence(1, 3);
                        env.execute();
                        """));

        refused(result, "JOB_WITHOUT_SINK");
    }

    @Test
    void closureThatCannotBeSerializedIsRefusedWithItsFieldPath() {
        Result result = run(new JarFixture(directory).main("Job", """
                        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                        Object lock = new Object();
                        env.fromSequence(1, 3).map(x -> x + lock.hashCode()).print();
                        env.execute();
                        """));

        assertThat(result.err()).contains("java.lang.Object");
        refused(result, "CLOSURE_NOT_SERIALIZABLE");
    }

    @Test
    void programThatFailsAfterItsJobCancelsTheJob() {
        Result result = run(new JarFixture(directory).main("Job", """
                        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                        env.fromSequence(1, 3).print();
                        env.executeAsync();
                        throw new IllegalStateException("changed its mind");
                        """));

        assertThat(result.problem()).isEqualTo("MAIN_THREW");
        assertThat(result.code()).isEqualTo(1);
        assertThat(jobManager.cancelled()).isEqualTo(jobManager.jobIds()).hasSize(1);
    }

    @Test
    void programSeesNothingOfTheClientButTheApi() {
        Result result = run(new JarFixture(directory).main("Job", """
                        Class.forName("picocli.CommandLine", false, Job.class.getClassLoader());
                        """));

        assertThat(result.err()).contains("java.lang.ClassNotFoundException: picocli.CommandLine");
        refused(result, "MAIN_THREW");
    }

    private Result run(JarFixture jar) {
        return new Shell()
                .run("run", "-m", jobManager.address(), jar.write("bad.jar").toString());
    }

    private void refused(Result result, String code) {
        assertThat(result.problem()).isEqualTo(code);
        assertThat(result.code()).isEqualTo(2);
        assertThat(jobManager.jobIds()).isEmpty();
        assertThat(jobManager.blobs.stored()).isEmpty();
    }
}
