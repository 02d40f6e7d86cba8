package io.millrace.client.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWriterTest {
    private static final ScriptedJob NO_CONTEXT = ScriptedJob.fresh(false);

    @TempDir
    Path directory;

    private FileWriter<String> writer(RollingPolicy policy, ScriptedJob job) {
        FileSink<String> sink = sink(policy);
        return (FileWriter<String>) sink.createWriter(job);
    }

    private FileSink<String> sink(RollingPolicy policy) {
        return FileSink.forRowFormat(directory.resolve("out"), new SimpleStringEncoder<String>())
                .withRollingPolicy(policy)
                .build();
    }

    private FileWriter<String> writer(RollingPolicy policy) {
        return writer(policy, ScriptedJob.fresh(false));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aPartIsHiddenUntilTheEndOfInputAndThenWhole() throws Exception {
        FileWriter<String> writer = writer(RollingPolicy.DEFAULT);
        writer.write("one", NO_CONTEXT);
        writer.write("zw\u00f6lf", NO_CONTEXT);
        writer.flush(false);
        assertThat(names())
                .allMatch(name -> name.startsWith(".part-01234567-0-"))
                .hasSize(1);
        writer.flush(true);
        assertThat(names()).hasSize(1).allMatch(name -> name.matches("part-01234567-0-[0-9a-f]{8}-0"));
        assertThat(Files.readAllLines(directory.resolve("out").resolve(names().get(0))))
                .containsExactly("one", "zw\u00f6lf");
        writer.close();
    }

    @Test
    void partsRollBySizeAgeAndInactivity() throws Exception {
        FileWriter<String> writer = writer(new RollingPolicy(10, 1_000, 300));
        writer.write("0123456789", NO_CONTEXT);
        writer.write("a", NO_CONTEXT);
        writer.onTick(299);
        writer.write("b", NO_CONTEXT);
        writer.onTick(600);
        assertThat(names()).hasSize(2).allMatch(name -> name.startsWith("part-"));
        writer.write("c", NO_CONTEXT);
        for (long now = 700; now <= 1_600; now += 100) {
            writer.onTick(now);
            writer.write("d", NO_CONTEXT);
        }
        assertThat(names()).hasSizeGreaterThanOrEqualTo(3);
        writer.close();
        assertThat(names()).allMatch(name -> name.startsWith("part-"));
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(directory.resolve("out"), "a file in the way");
        FileWriter<String> writer = writer(RollingPolicy.DEFAULT);
        assertThatThrownBy(() -> writer.write("one", NO_CONTEXT))
                .hasMessageContaining("FILE_NOT_WRITABLE")
                .hasMessageContaining("out");
        writer.close();
    }

    @Test
    void withoutCheckpointsTheFirstSubtaskSaysWhatThatMeans() throws Exception {
        ScriptedJob job = ScriptedJob.fresh(false);
        writer(RollingPolicy.DEFAULT, job).close();
        assertThat(job.lines())
                .singleElement()
                .asString()
                .startsWith("!Files in ")
                .contains("no checkpoints");
        ScriptedJob exact = ScriptedJob.fresh(true);
        writer(RollingPolicy.DEFAULT, exact).close();
        assertThat(exact.lines()).isEmpty();
    }

    @Test
    void withCheckpointsClosingShowsNothingAndLeavesOnlyWhatWasPrepared() throws Exception {
        FileWriter<String> writer = writer(new RollingPolicy(4, 1_000, 1_000), ScriptedJob.fresh(true));
        writer.write("prepared", NO_CONTEXT);
        FileCommittable prepared = writer.prepareCommit().get(0);
        writer.write("finished", NO_CONTEXT);
        writer.write("a", NO_CONTEXT);
        assertThat(names()).hasSize(3).allMatch(name -> name.startsWith("."));
        writer.close();
        assertThat(names())
                .containsExactly(Path.of(prepared.hidden()).getFileName().toString());
    }

    @Test
    void hiddenFilesOfOtherJobsAndOtherSinksAreLeftAlone() throws Exception {
        ScriptedJob job = ScriptedJob.fresh(true);
        ScriptedJob other = new ScriptedJob("0123456700000000", 0, 1, true, 0, job.lines());
        writer(RollingPolicy.DEFAULT, job).write("another sink's", NO_CONTEXT);
        FileSink<String> sink = sink(RollingPolicy.DEFAULT);
        sink.createWriter(other).write("another job's", NO_CONTEXT);
        List<String> kept = names();
        sink.createWriter(job).write("lost", NO_CONTEXT);
        sink.createWriter(job).close();
        assertThat(kept).hasSize(2);
        assertThat(names()).isEqualTo(kept);
    }

    @Test
    void aPartThatIsNeitherHiddenNorVisibleIsAnErrorThatNamesBoth() throws Exception {
        FileCommittable lost = prepared("gone");
        Files.delete(Path.of(lost.hidden()));
        ScriptedCommit commit = commit(lost);
        assertThat(commit.failure)
                .hasMessageContaining("FILE_LOST")
                .hasMessageContaining(lost.hidden())
                .hasMessageContaining(lost.visible());
    }

    @Test
    void aVisibleFileOfTheSameNameIsNeverOverwritten() throws Exception {
        FileCommittable part = prepared("mine");
        Files.writeString(Path.of(part.visible()), "not mine");
        assertThat(commit(part).failure).hasMessageContaining("FILE_LOST");
        assertThat(Path.of(part.visible())).hasContent("not mine");
        assertThat(Path.of(part.hidden())).exists();
    }

    @Test
    void committingTwiceIsHarmless() throws Exception {
        FileCommittable part = prepared("once");
        assertThat(commit(part).already).isFalse();
        assertThat(commit(part).already).isTrue();
        assertThat(Path.of(part.visible())).hasContent("once");
    }

    @Test
    void aStorageThatFailsIsTriedAgain() throws Exception {
        FileCommittable part = prepared("patient");
        Path away = directory.resolve("away");
        Files.move(directory.resolve("out"), away);
        Files.writeString(directory.resolve("out"), "not a directory");
        ScriptedCommit failing = commit(part);
        assertThat(failing.retry).isTrue();
        assertThat(failing.failure).isNull();
        Files.delete(directory.resolve("out"));
        Files.move(away, directory.resolve("out"));
        assertThat(commit(part).retry).isFalse();
        assertThat(Path.of(part.visible())).hasContent("patient");
    }

    private FileCommittable prepared(String line) throws Exception {
        FileWriter<String> writer = writer(RollingPolicy.DEFAULT, ScriptedJob.fresh(true));
        writer.write(line, NO_CONTEXT);
        FileCommittable part = writer.prepareCommit().get(0);
        writer.close();
        return part;
    }

    private static ScriptedCommit commit(FileCommittable part) {
        ScriptedCommit request = new ScriptedCommit(part);
        FileCommitter committer = new FileCommitter();
        committer.commit(List.of(request));
        committer.close();
        return request;
    }
}
