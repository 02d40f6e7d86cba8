package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.config.StorageLocation.Bucket;
import io.millrace.common.core.config.StorageLocation.ClusterDefault;
import io.millrace.common.core.config.StorageLocation.Directory;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Opens directories, and says so of every other place. Opening touches no disk. */
public final class DirectoryStorages implements CheckpointStorages {
    private final Supplier<String> freshNames;

    /** @param freshNames as {@link DirectoryStorage} needs them */
    public DirectoryStorages(Supplier<String> freshNames) {
        this.freshNames = freshNames;
    }

    @Override
    public CheckpointStorage open(StorageLocation place) {
        if (place instanceof Directory directory) {
            return new DirectoryStorage(pathOf(directory), freshNames);
        }
        if (place instanceof Bucket bucket) {
            throw Problem.of(StorageErrors.STORAGE_NOT_SUPPORTED, "This process has no object store")
                    .at(bucket.toString())
                    .because("It stores checkpoints in directories only")
                    .fix("Set checkpoint.dir to a directory that all processes of the cluster see")
                    .asException();
        }
        throw new IllegalArgumentException(
                place instanceof ClusterDefault ? "The cluster's default names no place" : "No such place: " + place);
    }

    private static Path pathOf(Directory directory) {
        try {
            return Path.of(directory.path());
        } catch (InvalidPathException e) {
            throw unusable(directory, e);
        }
    }

    private static MillraceException unusable(Directory directory, InvalidPathException e) {
        return Problem.of(StorageErrors.STORAGE_MISSING, "No directory can have this name")
                .at(directory.path().replace("\0", "\\0"))
                .because(e.getReason())
                .fix("Set checkpoint.dir to a directory that all processes of the cluster see")
                .asException(e);
    }
}
