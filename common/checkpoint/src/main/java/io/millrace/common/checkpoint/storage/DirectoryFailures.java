package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What the failures of a file system mean for a user. */
final class DirectoryFailures {

    private DirectoryFailures() {}

    static MillraceException missing(ObjectName name, Path root) {
        return Problem.of(StorageErrors.STORAGE_OBJECT_MISSING, "There is no file " + name)
                .at(root.toString())
                .because("It was deleted, or the directory is not the one it was written to")
                .fix("Check that all processes mount the same directory; restore another checkpoint")
                .asException();
    }

    static MillraceException of(String what, Path root, IOException e) {
        String reason = reason(e);
        if (e instanceof AccessDeniedException || reason.contains("permission denied")) {
            return problem(StorageErrors.STORAGE_DENIED, what, root, e)
                    .fix("Give the user that runs Millrace the right to read and write there")
                    .asException(e);
        }
        if (reason.contains("read-only file system")) {
            return problem(StorageErrors.STORAGE_READ_ONLY, what, root, e)
                    .fix("Mount it for writing, or choose another directory")
                    .asException(e);
        }
        if (reason.contains("no space left") || reason.contains("quota exceeded")) {
            return problem(StorageErrors.STORAGE_FULL, what, root, e)
                    .fix("Make room there, or choose another directory; checkpoints go on when there is room")
                    .asException(e);
        }
        if (e instanceof NoSuchFileException || reason.contains("not a directory")) {
            return problem(StorageErrors.STORAGE_MISSING, what, root, e)
                    .fix("Check that the directory is mounted in every process and that nothing deletes in it")
                    .asException(e);
        }
        return problem(StorageErrors.STORAGE_FAILED, what, root, e)
                .fix("Check the disk or the mount; the call may be made again")
                .asException(e);
    }

    static boolean isWithoutLinks(IOException e) {
        String reason = reason(e);
        return reason.contains("operation not permitted")
                || reason.contains("operation not supported")
                || reason.contains("not implemented");
    }

    static MillraceException withoutLinks(Path root, Exception e) {
        return Problem.of(StorageErrors.STORAGE_UNSUITABLE, "The file system of this directory has no hard links")
                .at(root.toString())
                .because("Checkpoints need a way to name a file only if the name is free")
                .fix("Use a local disk, NFS or another POSIX file system, or an object store by its own protocol")
                .asException(e);
    }

    static MillraceException unknown(Path file, Path root, IOException e) {
        return problem(StorageErrors.STORAGE_OUTCOME_UNKNOWN, "Nothing tells whether " + file + " was stored", root, e)
                .fix("Check the disk or the mount; nothing is deleted until it is known")
                .asException(e);
    }

    private static Problem problem(StorageErrors code, String what, Path root, IOException e) {
        return Problem.of(code, what).at(root.toString()).because(e.toString());
    }

    private static String reason(IOException e) {
        String text = e instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(e.getMessage());
        return text.toLowerCase(Locale.ROOT);
    }
}
