package io.millrace.client.connectors.files;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads its files one after another; when following, goes round among those that are read to their end. */
final class FileReader<T> implements SourceReader<T, FileSplit> {
    private static final int LINES_PER_POLL = 64;
    private static final long FOLLOW_INTERVAL_NANOS = 50_000_000;

    private final LineFormat<T> format;
    private final FileSourceSettings settings;
    private final SourceReaderContext context;
    private final List<OpenFile<T>> files = new ArrayList<>();
    private final List<FileSplit> unopened = new ArrayList<>();
    private int current;
    private boolean noMoreSplits;
    private boolean requested;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    FileReader(LineFormat<T> format, FileSourceSettings settings, SourceReaderContext context) {
        this.format = format;
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void start() {
        requestSplit();
    }

    private void requestSplit() {
        if (!noMoreSplits && !requested) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws IOException {
        openAssigned(output);
        for (int tried = 0; tried < files.size(); tried++) {
            OpenFile<T> file = files.get(current);
            if (file.emitLines(format, LINES_PER_POLL, output) > 0) {
                return InputStatus.MORE_AVAILABLE;
            }
            if (!settings.following() || file.isCompressed()) {
                file.close();
                output.releaseOutputForSplit(file.path());
                files.remove(current);
                current = 0;
                requestSplit();
                tried--;
            } else {
                current = (current + 1) % files.size();
            }
        }
        return nothingNow();
    }

    private void openAssigned(ReaderOutput<T> output) throws IOException {
        for (FileSplit split : unopened) {
            SourceOutput<T> splitOutput = output.createOutputForSplit(split.splitId());
            files.add(OpenFile.open(split, settings, splitOutput));
        }
        unopened.clear();
    }

    private InputStatus nothingNow() {
        if (!unopened.isEmpty()) {
            return InputStatus.MORE_AVAILABLE;
        }
        if (files.isEmpty() && noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        if (settings.following()) {
            requestSplit();
        }
        available = files.isEmpty()
                ? new CompletableFuture<>()
                : context.wakeUpAt(context.nanoTime() + FOLLOW_INTERVAL_NANOS);
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        unopened.addAll(splits);
        requested = false;
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> splits = new ArrayList<>(unopened);
        files.forEach(file -> splits.add(file.position()));
        return splits;
    }

    @Override
    public void close() throws IOException {
        for (OpenFile<T> file : files) {
            file.close();
        }
        files.clear();
    }
}
