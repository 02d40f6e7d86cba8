package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.error.ErrorCode;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What can go wrong with state on the local disk. */
public enum RocksErrors implements ErrorCode {
    /** The local disk has no room for state. */
    STATE_DISK_FULL,
    /** State cannot be written to or read from the local disk. */
    STATE_DISK_FAILED,
    /** The native library cannot be loaded on this machine. */
    STATE_LIBRARY_UNUSABLE,
    /** A checkpoint has not all the files of a database, or they are none. */
    STATE_FILES_UNREADABLE;

    static MillraceException of(RocksDBException e, Path directory) {
        Status status = e.getStatus();
        boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return problem(full || message.contains("No space left"), message, directory)
                .asException(e);
    }

    static MillraceException of(IOException e, Path directory) {
        String message = e.toString();
        return problem(message.contains("No space left"), message, directory).asException(e);
    }

    private static Problem problem(boolean full, String cause, Path directory) {
        return full
                ? Problem.of(STATE_DISK_FULL, "There is no room for keyed state in " + directory)
                        .because(cause)
                        .fix("Make room on that disk, or point data.dir to a larger one")
                : Problem.of(STATE_DISK_FAILED, "Keyed state cannot be kept in " + directory)
                        .because(cause)
                        .fix("Check that the directory is there, writable and on a healthy disk");
    }
}
