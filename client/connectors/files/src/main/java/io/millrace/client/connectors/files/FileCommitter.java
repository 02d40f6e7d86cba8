package io.millrace.client.connectors.files;

import io.millrace.api.sink.Committer;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renames finished part files to their visible names. A file counts as committed only when its directory is synced as
 * well; whatever the storage does not answer is tried again, and nothing that is visible is ever overwritten.
 */
final class FileCommitter implements Committer<FileCommittable> {
    private static final long MISSING = -1;

    @Override
    public void commit(Collection<CommitRequest<FileCommittable>> requests) {
        Map<Path, List<CommitRequest<FileCommittable>>> visible = new LinkedHashMap<>();
        for (CommitRequest<FileCommittable> request : requests) {
            try {
                if (show(request)) {
                    Path directory = PartFile.directoryOf(
                            Path.of(request.getCommittable().visible()));
                    visible.computeIfAbsent(directory, newDirectory -> new ArrayList<>())
                            .add(request);
                }
            } catch (IOException e) {
                request.retryLater();
            }
        }
        visible.forEach((directory, shown) -> {
            try {
                PartFile.sync(directory);
            } catch (IOException e) {
                shown.forEach(CommitRequest::retryLater);
            }
        });
    }

    /** @return false if it was signalled as failed */
    private static boolean show(CommitRequest<FileCommittable> request) throws IOException {
        FileCommittable part = request.getCommittable();
        Path hidden = Path.of(part.hidden());
        Path visible = Path.of(part.visible());
        long hiddenBytes = lengthOf(hidden);
        long visibleBytes = lengthOf(visible);
        if (hiddenBytes == part.bytes() && visibleBytes == MISSING) {
            Files.move(hidden, visible, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        if (hiddenBytes == MISSING && visibleBytes == part.bytes()) {
            request.signalAlreadyCommitted();
            return true;
        }
        request.signalFailedWithKnownReason(
                Problem.of(FileErrors.FILE_LOST, "Part file '" + visible + "' cannot be made visible")
                        .because("Expected " + part.bytes() + " bytes at '" + hidden + "' or there; found "
                                + describe(hiddenBytes) + " and " + describe(visibleBytes))
                        .fix("Find out what else writes, moves or deletes in the directory; the lines of this file"
                                + " are missing from the output")
                        .asException());
        return false;
    }

    private static String describe(long bytes) {
        return bytes == MISSING ? "nothing" : bytes + " bytes";
    }

    /** Only what is known not to exist is missing; all other doubts are errors. */
    private static long lengthOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return MISSING;
        }
    }

    @Override
    public void close() {}
}
