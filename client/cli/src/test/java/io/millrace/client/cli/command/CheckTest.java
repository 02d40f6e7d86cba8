package io.millrace.client.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.JarFixture;
import io.millrace.client.cli.Shell;
import io.millrace.client.cli.Shell.Result;
import io.millrace.client.cli.SmallSavepoint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
    private static final String COUNT = """
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.fromSequence(1, 3).keyBy(x -> x % 2).reduce((a, b) -> a + b).uid("counts").name("Count").print();
            env.execute("Counts");
            System.out.println("never said");
            """;

    @TempDir
    private Path directory;

    private static Result check(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "check";
        System.arraycopy(words, 0, all, 1, words.length);
        return new Shell().run(all);
    }

    private String savepoint(String identity, int maxParallelism) {
        return savepoint(identity, maxParallelism, "Long\nkey Long");
    }

    private String savepoint(String identity, int maxParallelism, String keys) {
        return SmallSavepoint.write(directory.resolve("save"), identity, maxParallelism, keys, "value of Long")
                .toString();
    }

    private String jar() throws IOException {
        return new JarFixture(directory).main("Job", COUNT).write("job.jar").toString();
    }

    @Test
    void whatWouldBeTakenUpAndWhatIsNewIsShownAndNothingIsSubmitted() throws IOException {
        Result result = check("-p", "4", "--from", savepoint("uid:counts", 32_768), jar());

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("Count +Job.java:\\d+ +uid:counts +78 B +taken up +parallelism 2 -> 4")
                .containsPattern("Sequence Source +.* - +- +new")
                .doesNotContain("never said");
    }

    @Test
    void statesWhoseTypesAreKnownAreComparedOneByOne() throws IOException {
        String path = savepoint("uid:counts", 32_768);
        Result result = check("--from", path, jar());
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsPattern("Count +\\(keys\\) +matches +-")
                .containsPattern("Count +count +known when opened +-")
                .containsPattern("Count +reduced +new +-");
        Result json = check("--json", "--from", path, jar());
        assertThat(json.out()).contains("\"state\" : \"count\"", "\"result\" : \"known_when_opened\"");
    }

    @Test
    void aTypeThatCannotBeReadAnyMoreDoesNotFitAndIsNamed() throws IOException {
        String path = savepoint("uid:counts", 32_768, "String\nkey String");
        Result result = check("--from", path, jar());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.problem()).isEqualTo("STATE_INCOMPATIBLE");
        assertThat(result.err()).contains("'Count' (uid:counts)", "is Long and was String");
        assertThat(result.out())
                .containsPattern("Count +\\(keys\\) +refused +it is Long and was String, which is refused");
        Result json = check("--json", "--from", path, jar());
        assertThat(json.code()).isEqualTo(2);
        assertThat(json.out()).contains("\"fits\" : false", "\"result\" : \"refused\"");
    }

    @Test
    void stateThatNoOperatorTakesUpDoesNotFitUnlessItMayBeLeftBehind() throws IOException {
        String path = savepoint("uid:totals", 32_768);
        String jar = jar();

        Result result = check("--from", path, jar);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.problem()).isEqualTo("STATE_WITHOUT_OPERATOR");
        assertThat(result.out()).containsPattern("uid:totals +78 B +dropped +no such operator");

        Result allowed = check("--json", "--allow-dropped-state", "--from", path, jar);
        assertThat(allowed.code()).isZero();
        assertThat(allowed.out()).contains("\"fits\" : true", "\"result\" : \"dropped\"");
    }

    @Test
    void anotherNumberOfKeyGroupsDoesNotFit() throws IOException {
        Result result = check("--from", savepoint("uid:counts", 128), jar());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.problem()).isEqualTo("MAX_PARALLELISM_CHANGED");
        assertThat(result.out()).contains("refused", "max parallelism 128 -> 32768");
    }

    @Test
    void whatCannotBeCheckedSaysWhy() throws IOException {
        String jar = jar();
        assertThat(check(jar).problem()).isEqualTo("ARGUMENT_MISSING");
        assertThat(check("--from", directory.resolve("none").toString(), jar).problem())
                .isEqualTo("CHECKPOINT_NOT_FOUND");
        String path = savepoint("uid:counts", 32_768);
        String idle = new JarFixture(directory)
                .main("Idle", "int x = 1;")
                .write("idle.jar")
                .toString();
        assertThat(check("--from", path, idle).problem()).isEqualTo("NO_JOB_SUBMITTED");
        String broken = new JarFixture(directory)
                .main("Broken", "throw new IllegalStateException(\"no\");")
                .write("broken.jar")
                .toString();
        assertThat(check("--from", path, broken).problem()).isEqualTo("MAIN_THREW");
        assertThat(check("--from", path, broken).code()).isEqualTo(2);
    }
}
