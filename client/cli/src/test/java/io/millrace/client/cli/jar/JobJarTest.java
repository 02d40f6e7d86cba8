package io.millrace.client.cli.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.JarFixture;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every jar here is refused before the cluster is asked for anything: none is there. */
class JobJarTest {
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path directory;

    @Test
    void missingFileIsRefused() {
        refused(run(directory.resolve("none.jar")), "JAR_MISSING", "none.jar");
    }

    @Test
    void directoryIsRefused() {
        refused(run(directory), "JAR_IS_DIRECTORY", "the jar file itself");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        refused(run(Files.createFile(directory.resolve("empty.jar"))), "JAR_EMPTY", "empty");
    }

    @Test
    void textIsNoJar() throws IOException {
        refused(run(Files.writeString(directory.resolve("text.jar"), "hello, world")), "JAR_CORRUPT", "text.jar");
    }

    @Test
    void truncatedJarIsRefusedWhereverItIsCut() throws IOException {
        byte[] whole =
                Files.readAllBytes(new JarFixture(directory).main("Job", "").write("whole.jar"));
        for (int length = 1; length < whole.length; length += 37) {
            Path cut = Files.write(directory.resolve("cut.jar"), Arrays.copyOf(whole, length));
            refused(run(cut), "JAR_CORRUPT", "cut.jar");
        }
    }

    @Test
    void jarWithoutMainClassNamesTheAttribute() {
        Path jar = new JarFixture(directory).source("Job", "class Job {}").write("job.jar");

        refused(run(jar), "MAIN_CLASS_NOT_NAMED", "Main-Class");
    }

    @Test
    void absentMainClassIsNamedWithTheNearestThereIs() {
        Path jar = new JarFixture(directory)
                .mainClass("org.acme.Jab")
                .entry("org/acme/Job.class", JarFixture.classFile(61))
                .write("job.jar");

        refused(run(jar), "MAIN_CLASS_MISSING", "org/acme/Jab.class", "-c org.acme.Job?");
        refused(run(jar, "-c", "Job"), "MAIN_CLASS_MISSING", "-c org.acme.Job?");
    }

    @Test
    void jarWithoutAnyClassSaysSo() {
        Path jar = new JarFixture(directory).mainClass("Job").write("job.jar");

        refused(run(jar), "MAIN_CLASS_MISSING", "no class in it at all");
    }

    @Test
    void mainClassForANewerJavaNamesBothVersions() {
        Path jar = new JarFixture(directory)
                .mainClass("Job")
                .entry("Job.class", JarFixture.classFile(44 + 99))
                .write("job.jar");

        int running = Runtime.version().feature();
        refused(run(jar), "CLASS_FILE_TOO_NEW", "Java 99", "this is Java " + running, "--release " + running);
    }

    @Test
    void mainClassThatIsNoneIsRefused() {
        Path jar = new JarFixture(directory)
                .mainClass("Job")
                .entry("Job.class", JarFixture.text("not a class"))
                .write("job.jar");

        refused(run(jar), "MAIN_CLASS_UNUSABLE", "not a class file");
    }

    @Test
    void entryThatClimbsOutOfTheJarIsRefused() {
        Path jar = new JarFixture(directory)
                .main("Job", "")
                .entry("lib/../../evil", JarFixture.text("x"))
                .write("job.jar");

        refused(run(jar), "JAR_BAD_ENTRY", "lib/../../evil");
    }

    @Test
    void jarThatExpandsBeyondMeasureIsRefused() {
        Path jar = new JarFixture(directory)
                .main("Job", "")
                .entry("zeros", new byte[80 << 20])
                .write("job.jar");

        refused(run(jar), "JAR_TOO_LARGE", "a compression ratio of");
    }

    private Result run(Path jar, String... options) {
        String[] words = new String[options.length + 4];
        words[0] = "run";
        words[1] = "-m";
        words[2] = NOBODY;
        System.arraycopy(options, 0, words, 3, options.length);
        words[words.length - 1] = jar.toString();
        return new Shell().run(words);
    }

    private static void refused(Result result, String code, String... texts) {
        assertThat(result.problem()).isEqualTo(code);
        assertThat(result.err()).contains(texts).doesNotContain("\tat ");
        assertThat(result.code()).isEqualTo(2);
    }
}
