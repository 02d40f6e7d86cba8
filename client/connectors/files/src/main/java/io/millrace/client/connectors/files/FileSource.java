package io.millrace.client.connectors.files;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The lines of files. A path may be a file, compressed with gzip if its name ends in {@code .gz}, or a directory, which
 * stands for the files in it (not below it) in order of their names; hidden files, whose names start with a dot or
 * underscore, are left out. Each file is one split, given out in order, so with one reader the lines come in order.
 * Reads UTF-8; a line ends with LF, CR LF or the end of the file.
 *
 * <p>A reader reads in its subtask's thread: from a local disk a block takes microseconds, from a slow mount it holds
 * up its slot.
 */
public final class FileSource<T> implements Source<T, FileSplit, FileEnumeratorState> {
    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_MAX_LINE_BYTES = 16 * 1024 * 1024;

    private final LineFormat<T> format;
    private final FileSourceSettings settings;

    private FileSource(LineFormat<T> format, FileSourceSettings settings) {
        this.format = format;
        this.settings = settings;
    }

    /** Reads the files and directories at {@code paths} in the order given. */
    public static <T> Builder<T> forRecordStreamFormat(LineFormat<T> format, Path... paths) {
        return new Builder<>(format, Arrays.stream(paths).map(Path::toString).toList());
    }

    /** Collects what a file source does beyond reading once. */
    public static final class Builder<T> {
        private final LineFormat<T> format;
        private final List<String> paths;
        private long discoveryMillis;
        private boolean following;
        private int maxLineBytes = DEFAULT_MAX_LINE_BYTES;

        private Builder(LineFormat<T> format, List<String> paths) {
            this.format = format;
            this.paths = paths;
            if (paths.isEmpty()) {
                throw new IllegalArgumentException("A file source needs at least one path");
            }
        }

        /** Never ends: looks for new files in the directories at this interval. */
        public Builder<T> monitorContinuously(Duration discoveryInterval) {
            if (discoveryInterval.toMillis() < 1) {
                throw new IllegalArgumentException("An interval is at least 1 ms, found " + discoveryInterval);
            }
            this.discoveryMillis = discoveryInterval.toMillis();
            return this;
        }

        /**
         * Never ends: goes on reading what is appended to the files. One reader can follow any number of files. A
         * compressed file is read once.
         */
        public Builder<T> follow() {
            this.following = true;
            return this;
        }

        /**
         * A longer line is cut to one byte more than this, so that its reader sees that it is too long. Default 16 MiB.
         */
        public Builder<T> maxLineBytes(int bytes) {
            if (bytes < 1 || bytes > 1 << 30) {
                throw new IllegalArgumentException("A line has 1 byte to 1 GiB, found " + bytes);
            }
            this.maxLineBytes = bytes;
            return this;
        }

        public FileSource<T> build() {
            return new FileSource<>(format, new FileSourceSettings(paths, discoveryMillis, following, maxLineBytes));
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.isUnbounded() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, FileSplit> createReader(SourceReaderContext readerContext) {
        return new FileReader<>(format, settings, readerContext);
    }

    @Override
    public SplitEnumerator<FileSplit, FileEnumeratorState> createEnumerator(
            SplitEnumeratorContext<FileSplit> enumContext) {
        return restoreEnumerator(enumContext, new FileEnumeratorState(List.of(), Set.of()));
    }

    @Override
    public SplitEnumerator<FileSplit, FileEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> enumContext, FileEnumeratorState checkpoint) {
        return new FileEnumerator(settings, enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
        return new FileSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<FileEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new FileEnumeratorStateSerializer();
    }
}
