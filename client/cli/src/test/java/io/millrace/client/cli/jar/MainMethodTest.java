package io.millrace.client.cli.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.FakeJobManager;
import io.millrace.client.cli.JarFixture;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainMethodTest {
    private final FakeJobManager jobManager = new FakeJobManager();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        jobManager.close();
    }

    @Test
    void mainThatIsNotStaticIsRefused() {
        Result result = run("public class Job { public void main(String[] args) {} }");

        refused(result, "MAIN_METHOD_NOT_PUBLIC_STATIC", "public void Job.main(java.lang.String[])");
    }

    @Test
    void mainThatIsNotPublicIsRefused() {
        Result result = run("public class Job { static void main(String[] args) {} }");

        refused(result, "MAIN_METHOD_NOT_PUBLIC_STATIC", "static void Job.main(java.lang.String[])");
    }

    @Test
    void mainOfAnotherSignatureIsRefused() {
        refused(run("public class Job { public static void main() {} }"), "MAIN_METHOD_MISSING", "found public static");
    }

    @Test
    void classWithoutMainIsRefused() {
        refused(run("public class Job {}"), "MAIN_METHOD_MISSING", "it has no method main");
    }

    @Test
    void mainOfAClassThatIsNotPublicRuns() {
        Result result = run("class Job { public static void main(String[] args) {} }");

        assertThat(result.problem()).isEqualTo("NO_JOB_SUBMITTED");
    }

    @Test
    void mainClassWhoseParentIsMissingIsRefused() {
        Path jar = new JarFixture(directory)
                .source("Job", "class Job extends Parent { public static void main(String[] a) {} } class Parent {}")
                .entry("Parent.class", JarFixture.text("broken"))
                .mainClass("Job")
                .write("job.jar");

        refused(runJar(jar), "MAIN_CLASS_UNUSABLE", "ClassFormatError");
    }

    @Test
    void classForANewerJavaBehindTheMainClassNamesBothVersions() {
        Path jar = new JarFixture(directory)
                .source(
                        "Job",
                        "class Job { public static void main(String[] a) { Later.x(); } }"
                                + " class Later { static void x() {} }")
                .entry("Later.class", JarFixture.classFile(44 + 99))
                .mainClass("Job")
                .write("job.jar");

        refused(runJar(jar), "CLASS_FILE_TOO_NEW", "Class Later was compiled for Java 99");
    }

    @Test
    void jarThatBringsTheApiIsWarnedOf() {
        Path jar = new JarFixture(directory)
                .source("Job", "class Job { public static void main(String[] a) {} }")
                .entry("io/millrace/api/Whatever.class", JarFixture.classFile(61))
                .mainClass("Job")
                .write("job.jar");

        Result result = runJar(jar);

        assertThat(result.err())
                .startsWith("Warning: [JAR_BUNDLES_ENGINE]")
                .contains("io.millrace.api.Whatever", "'provided'", "[NO_JOB_SUBMITTED]");
    }

    private Result run(String source) {
        return runJar(
                new JarFixture(directory).source("Job", source).mainClass("Job").write("job.jar"));
    }

    private Result runJar(Path jar) {
        return new Shell().run("run", "-m", jobManager.address(), jar.toString());
    }

    private void refused(Result result, String code, String text) {
        assertThat(result.problem()).isEqualTo(code);
        assertThat(result.err()).contains(text);
        assertThat(result.code()).isEqualTo(2);
        assertThat(jobManager.blobs.stored()).isEmpty();
    }
}
