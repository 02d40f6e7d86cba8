package io.millrace.client.connectors.files;

import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subtask's part files, one after another. With checkpoints it only ever finishes files, and whoever was given them
 * by {@link #prepareCommit} shows them; without, it shows each file itself when it is rolled.
 */
final class FileWriter<T> implements CommittingSinkWriter<T, FileCommittable>, StatefulSinkWriter<T, FileCommittable> {
    private final PartNames names;
    private final Encoder<T> encoder;
    private final RollingPolicy policy;
    private final boolean checkpointed;
    private final List<FileCommittable> finished = new ArrayList<>();
    private String since;
    private long nowMillis;
    private long nextPart;
    private @Nullable PartFile part;

    /** @param restored the checkpoint it goes on from; 0 on a fresh start */
    FileWriter(PartNames names, Encoder<T> encoder, RollingPolicy policy, boolean checkpointed, long restored) {
        this.names = names;
        this.encoder = encoder;
        this.policy = policy;
        this.checkpointed = checkpointed;
        this.since = "r" + restored;
    }

    /** Removes what earlier runs left. Called once, before anything is written. */
    void start(long restored, int parallelism, long epochMillis) {
        nowMillis = epochMillis;
        try {
            names.deleteLeftovers(restored, parallelism);
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    @Override
    public void write(T element, Context context) throws IOException {
        PartFile open = part;
        try {
            if (open == null) {
                Path hidden = names.directory().resolve(names.hidden(nextPart, since));
                open = PartFile.create(hidden, names.directory().resolve(names.visible(nextPart)), nowMillis);
                nextPart++;
                part = open;
            }
            encoder.encode(element, open.stream(nowMillis));
            if (open.bytes() >= policy.maxPartBytes()) {
                roll();
            }
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    @Override
    public void onTick(long epochMillis) {
        nowMillis = epochMillis;
        PartFile open = part;
        if (open != null
                && (epochMillis - open.createdMillis() >= policy.rolloverMillis()
                        || epochMillis - open.writtenMillis() >= policy.inactivityMillis())) {
            roll();
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        if (endOfInput) {
            roll();
        }
    }

    @Override
    public List<FileCommittable> prepareCommit() {
        if (!checkpointed) {
            return List.of();
        }
        roll();
        List<FileCommittable> prepared = List.copyOf(finished);
        if (!prepared.isEmpty()) {
            try {
                PartFile.sync(names.directory());
            } catch (IOException e) {
                throw notWritable(e);
            }
        }
        finished.clear();
        return prepared;
    }

    /** There is nothing to remember: whose a hidden file is, and which checkpoints hold it, is in its name. */
    @Override
    public List<FileCommittable> snapshotState(long checkpointId) {
        since = "s" + checkpointId;
        return List.of();
    }

    private void roll() {
        PartFile open = part;
        part = null;
        if (open == null) {
            return;
        }
        try {
            FileCommittable whole = open.finish();
            if (checkpointed) {
                finished.add(whole);
            } else {
                Files.move(Path.of(whole.hidden()), Path.of(whole.visible()), StandardCopyOption.ATOMIC_MOVE);
                PartFile.sync(names.directory());
            }
        } catch (IOException e) {
            throw notWritable(e);
        }
    }

    private RuntimeException notWritable(IOException cause) {
        return Problem.of(FileErrors.FILE_NOT_WRITABLE, "Cannot write to '" + names.directory() + "'")
                .because(cause.toString())
                .fix("Check that the directory exists on the TaskManager, its permissions, and that it has room")
                .asException(cause);
    }

    /** With checkpoints, what nobody was given has come to nothing: it is deleted. */
    @Override
    public void close() throws IOException {
        if (!checkpointed) {
            roll();
            return;
        }
        PartFile open = part;
        part = null;
        if (open != null) {
            open.discard();
        }
        for (FileCommittable unprepared : finished) {
            Files.deleteIfExists(Path.of(unprepared.hidden()));
        }
        finished.clear();
    }
}
