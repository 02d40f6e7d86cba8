package io.millrace.client.connectors.files;

import io.millrace.api.sink.SinkWriter;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One subtask's part files, one after another. */
final class FileWriter<T> implements SinkWriter<T> {
    private final Path directory;
    private final String prefix;
    private final Encoder<T> encoder;
    private final RollingPolicy policy;
    private long nowMillis;
    private int nextPart;
    private @Nullable PartFile part;

    FileWriter(Path directory, String prefix, Encoder<T> encoder, RollingPolicy policy, long nowMillis) {
        this.directory = directory;
        this.prefix = prefix;
        this.encoder = encoder;
        this.policy = policy;
        this.nowMillis = nowMillis;
    }

    @Override
    public void write(T element, Context context) throws IOException {
        PartFile open = part;
        try {
            if (open == null) {
                open = PartFile.create(directory, prefix + nextPart, nowMillis);
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
    public void onTick(long epochMillis) throws IOException {
        nowMillis = epochMillis;
        PartFile open = part;
        if (open != null
                && (epochMillis - open.createdMillis() >= policy.rolloverMillis()
                        || epochMillis - open.writtenMillis() >= policy.inactivityMillis())) {
            roll();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        if (endOfInput) {
            roll();
        }
    }

    private void roll() throws IOException {
        PartFile open = part;
        part = null;
        if (open != null) {
            try {
                open.publish();
            } catch (IOException e) {
                throw notWritable(e);
            }
        }
    }

    private RuntimeException notWritable(IOException cause) {
        return Problem.of(FileErrors.FILE_NOT_WRITABLE, "Cannot write to '" + directory + "'")
                .because(cause.toString())
                .fix("Check that the directory exists on the TaskManager, its permissions, and that it has room")
                .asException(cause);
    }

    @Override
    public void close() throws IOException {
        roll();
    }
}
