package io.millrace.client.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One job with a file sink, called in the engine's order: it can crash at any call, and be restored at any size. */
final class ScriptedFileSink {
    private static final FileCommittableSerializer SERIALIZER = new FileCommittableSerializer();

    /** What a checkpoint holds: committables, and all lines that belong to it. */
    private record Saved(long id, List<FileCommittable> committables, List<String> lines) {}

    private static final class Subtask {
        final FileWriter<String> writer;
        final List<FileCommittable> waiting = new ArrayList<>();

        Subtask(FileWriter<String> writer) {
            this.writer = writer;
        }
    }

    private final FileSink<String> sink;
    private final List<Subtask> subtasks = new ArrayList<>();
    private List<String> lines = new ArrayList<>();
    private Saved complete = new Saved(0, List.of(), List.of());
    private long lastId;
    private int nextLine;

    ScriptedFileSink(Path directory, int parallelism) throws IOException {
        sink = FileSink.forRowFormat(directory, new SimpleStringEncoder<String>())
                .withRollingPolicy(RollingPolicy.builder().withMaxPartSize(12).build())
                .build();
        start(parallelism, false);
    }

    List<String> lines() {
        return lines;
    }

    private void start(int parallelism, boolean storageFails) throws IOException {
        subtasks.clear();
        lines = new ArrayList<>(complete.lines());
        for (int index = 0; index < parallelism; index++) {
            List<FileCommittable> dealt = new ArrayList<>();
            for (int i = index; i < complete.committables().size(); i += parallelism) {
                dealt.add(SERIALIZER.deserialize(
                        1, SERIALIZER.serialize(complete.committables().get(i))));
            }
            if (!storageFails) {
                commit(dealt);
            }
            ScriptedJob job =
                    new ScriptedJob(ScriptedJob.ID, index, parallelism, true, complete.id(), new ArrayList<>());
            Subtask subtask = new Subtask((FileWriter<String>)
                    (complete.id() == 0 ? sink.createWriter(job) : sink.restoreWriter(job, List.of())));
            subtask.waiting.addAll(storageFails ? dealt : List.of());
            subtasks.add(subtask);
        }
    }

    void write(int at) throws IOException {
        String line = "line " + nextLine++;
        subtasks.get(at % subtasks.size()).writer.write(line, ScriptedJob.fresh(true));
        lines.add(line);
    }

    /** A barrier passes {@code reached} subtasks; where all are reached the checkpoint may complete. */
    void checkpoint(int reached, boolean completes, int told, boolean ends) throws IOException {
        long id = ++lastId;
        List<FileCommittable> saved = new ArrayList<>();
        for (Subtask subtask : subtasks.subList(0, Math.min(reached, subtasks.size()))) {
            subtask.writer.flush(ends);
            subtask.waiting.addAll(subtask.writer.prepareCommit());
            assertThat(subtask.writer.snapshotState(id)).isEmpty();
            saved.addAll(subtask.waiting);
        }
        if (!completes || reached < subtasks.size()) {
            return;
        }
        complete = new Saved(id, List.copyOf(saved), List.copyOf(lines));
        for (Subtask subtask : subtasks.subList(0, Math.min(told, subtasks.size()))) {
            commit(subtask.waiting);
            subtask.waiting.clear();
        }
    }

    private static void commit(List<FileCommittable> parts) {
        FileCommitter committer = new FileCommitter();
        List<Committer.CommitRequest<FileCommittable>> requests = new ArrayList<>();
        parts.forEach(part -> requests.add(new ScriptedCommit(part)));
        committer.commit(requests);
        for (Committer.CommitRequest<FileCommittable> request : requests) {
            ScriptedCommit commit = (ScriptedCommit) request;
            assertThat(commit.failure).isNull();
            assertThat(commit.retry).isFalse();
        }
        committer.close();
    }

    void restart(int parallelism, boolean closes, boolean storageFails) throws IOException {
        for (Subtask subtask : subtasks) {
            if (closes) {
                subtask.writer.close();
            }
        }
        start(parallelism, storageFails);
    }

    void end() throws IOException {
        checkpoint(subtasks.size(), true, subtasks.size(), true);
        for (Subtask subtask : subtasks) {
            subtask.writer.close();
        }
    }
}
