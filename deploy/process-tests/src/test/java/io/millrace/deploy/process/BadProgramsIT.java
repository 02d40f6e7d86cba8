package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.deploy.process.Millrace.Said;
import io.millrace.deploy.process.jobs.EndlessJob;
import io.millrace.deploy.process.jobs.ExitingProgram;
import io.millrace.deploy.process.jobs.FailingJob;
import io.millrace.deploy.process.jobs.JoblessProgram;
import io.millrace.deploy.process.jobs.SinklessJob;
import io.millrace.deploy.process.jobs.ThrowingProgram;
import io.millrace.deploy.process.jobs.UnserializableJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jars, programs and jobs that are wrong, on a cluster that is as before after them. */
@Timeout(60)
@ExtendWith(SharedCluster.class)
final class BadProgramsIT {
    private static final int JOB_FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final int WRONG_STATE = 4;

    @TempDir
    Path directory;

    @AfterAll
    static void theClusterIsAsBefore(ProcessCluster cluster) throws Exception {
        cluster.assertIdle();
    }

    private static void assertSaid(Said said, int exitCode, String code, String... parts) {
        assertThat(said.exitCode()).as(said.err()).isEqualTo(exitCode);
        assertThat(said.err()).contains("[" + code + "] ").contains("  do:    ");
        for (String part : parts) {
            assertThat(said.err()).contains(part);
        }
    }

    @Test
    void aJarThatIsNoneIsRefused(ProcessCluster cluster) throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.jar"));
        Path text = Files.writeString(directory.resolve("text.jar"), "not a jar");
        byte[] whole = Files.readAllBytes(cluster.jobs());
        Path cut = Files.write(directory.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));

        assertSaid(cluster.call("run", directory.resolve("no.jar").toString()), BAD_INPUT, "JAR_MISSING", "no.jar");
        assertSaid(cluster.call("run", directory.toString()), BAD_INPUT, "JAR_IS_DIRECTORY");
        assertSaid(cluster.call("run", empty.toString()), BAD_INPUT, "JAR_EMPTY", "empty.jar");
        assertSaid(cluster.call("run", text.toString()), BAD_INPUT, "JAR_CORRUPT", "text.jar");
        assertSaid(cluster.call("run", cut.toString()), BAD_INPUT, "JAR_CORRUPT", "cut.jar");
    }

    @Test
    void aJarWithoutTheMainClassIsRefused(ProcessCluster cluster) throws Exception {
        String jar = cluster.jobs().toString();
        assertSaid(cluster.call("run", jar), BAD_INPUT, "MAIN_CLASS_NOT_NAMED", "Main-Class", "-c CLASS");
        assertSaid(
                cluster.call("run", "-c", "FailingJob", jar),
                BAD_INPUT,
                "MAIN_CLASS_MISSING",
                "FailingJob",
                "Did you mean -c " + FailingJob.class.getName());
        assertSaid(
                cluster.call("run", "-c", FailingJob.class.getPackageName() + ".package-info", jar),
                BAD_INPUT,
                "MAIN_METHOD_MISSING",
                "public static void main");
    }

    @Test
    void aProgramThatThrowsIsToldWithItsPlaceAndStack(ProcessCluster cluster) throws Exception {
        assertSaid(
                cluster.run(ThrowingProgram.class),
                BAD_INPUT,
                "MAIN_THREW",
                "ThrowingProgram.main (ThrowingProgram.java:",
                "no settings for ThrowingProgram",
                "at job ");
    }

    @Test
    void aProgramThatExitsIsToldAndDoesNotDecideTheExitCode(ProcessCluster cluster) throws Exception {
        assertSaid(
                cluster.run(ExitingProgram.class),
                BAD_INPUT,
                "MAIN_EXITED",
                "before it submitted a job",
                "ExitingProgram.java:");
    }

    @Test
    void aProgramWithoutAJobIsTold(ProcessCluster cluster) throws Exception {
        assertSaid(cluster.run(JoblessProgram.class), BAD_INPUT, "NO_JOB_SUBMITTED", "execute()");
    }

    @Test
    void aJobWithoutASinkIsRefused(ProcessCluster cluster) throws Exception {
        assertSaid(cluster.run(SinklessJob.class), BAD_INPUT, "JOB_WITHOUT_SINK", "SinklessJob.java:");
    }

    @Test
    void aFunctionThatCannotBeSentIsRefusedWithTheFieldThatIsToBlame(ProcessCluster cluster) throws Exception {
        assertSaid(
                cluster.run(UnserializableJob.class),
                BAD_INPUT,
                "CLOSURE_NOT_SERIALIZABLE",
                "Lookup.directory -> UnserializableJob$Directory.refresher (java.lang.Thread)",
                "UnserializableJob.java:");
    }

    @Test
    void aJobForMoreSlotsThanThereAreWaitsAndThenFailsWithNeedAndHave(ProcessCluster cluster) throws Exception {
        Said said = cluster.run(EndlessJob.class, "-p", "5");
        assertSaid(said, JOB_FAILED, "NOT_ENOUGH_SLOTS", "5", "4");
        assertThat(said.err()).contains("Waiting for slots: the job needs 5, 4 are free");
    }

    @Test
    void aJobThatFailsInUserCodeIsToldWithItsPlaceAndStackAndCannotBeCancelled(ProcessCluster cluster)
            throws Exception {
        assertSaid(
                cluster.run(FailingJob.class, "--name", "doomed"),
                JOB_FAILED,
                "USER_FUNCTION_FAILED",
                "operator 'Divide'",
                "ArithmeticException",
                "FailingJob.java:");
        assertSaid(cluster.call("cancel", "doomed"), WRONG_STATE, "JOB_ALREADY_ENDED", "FAILED");
    }

    @Test
    void aMissingInputFileFailsTheJobWithItsName(ProcessCluster cluster) throws Exception {
        String jar = cluster.millrace().logAnalysisJar().toString();
        assertSaid(
                cluster.call("run", jar, "--source", "file:/no/such.log"),
                JOB_FAILED,
                "FILE_NOT_FOUND",
                "'/no/such.log'",
                "Check the path");
    }

    @Test
    void malformedLinesAreRejectedOneByOneAndDoNotFailTheJob(ProcessCluster cluster) throws Exception {
        byte[] wrong = {'{', (byte) 0xFF, (byte) 0xFE, 0, '\n', '\n', 'x', '\n', '{', '"', 'a', '"', '\n', '['};
        Path log = Files.write(directory.resolve("wrong.json"), wrong);
        Path output = directory.resolve("output");
        Said said = cluster.call(
                "run",
                cluster.millrace().logAnalysisJar().toString(),
                "--source",
                "file:" + log,
                "--output",
                "file:" + output);
        assertThat(said.exitCode()).as(said.err()).isZero();
        List<String> written = linesBelow(output);
        assertThat(written).hasSize(5).allMatch(line -> line.contains("\"rejected\""));
        for (int line = 1; line <= 5; line++) {
            String number = "\"line\":" + line + ",";
            assertThat(written).as("line %d", line).anyMatch(text -> text.contains(number));
        }
    }

    private static List<String> linesBelow(Path output) throws Exception {
        try (Stream<Path> files = Files.walk(output)) {
            List<String> lines = new ArrayList<>();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        }
    }

    @Test
    void aJobThatIsNotThereIsToldAndOneThatIsCancelledMayBeCancelledAgain(ProcessCluster cluster) throws Exception {
        assertSaid(
                cluster.call("cancel", "0123456789ab"), WRONG_STATE, "NO_SUCH_JOB", "'0123456789ab'", "millrace list");

        Said submitted = cluster.run(EndlessJob.class, "-d");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        String job = submitted.out().strip();
        assertThat(job).matches("[0-9a-f]{32}");
        assertThat(cluster.call("cancel", job).exitCode()).isZero();
        assertThat(cluster.call("status", job).out()).contains("CANCELED");
        // To cancel what is cancelled already is what was wanted.
        assertThat(cluster.call("cancel", job).exitCode()).isZero();
    }

    @Test
    void aSecondClusterInTheSameDirectoryIsRefused(ProcessCluster cluster) throws Exception {
        assertSaid(cluster.call("cluster start"), WRONG_STATE, "CLUSTER_ALREADY_RUNNING", "pid", "data.dir");
    }
}
