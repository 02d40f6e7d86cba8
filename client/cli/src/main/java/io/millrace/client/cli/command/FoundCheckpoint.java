package io.millrace.client.cli.command;

import io.millrace.common.checkpoint.format.CheckpointPath;
import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;

/**
 * A checkpoint or savepoint that this process reads itself, without any cluster.
 *
 * @param storage of its place
 */
record FoundCheckpoint(CheckpointPath path, CheckpointStorage storage, CheckpointManifest manifest)
        implements AutoCloseable {

    /** @throws MillraceException if there is none, or its manifest is not sound; where that lies is in the problem */
    static FoundCheckpoint read(StorageLocation location) {
        // Nothing is written, so no names are made up.
        DirectoryStorages storages = new DirectoryStorages(() -> "unused");
        CheckpointPath path = CheckpointPath.find(location, storages::open);
        CheckpointStorage storage = storages.open(StorageLocation.parse(path.place()));
        try {
            return new FoundCheckpoint(path, storage, ManifestFile.read(storage, path.manifest()));
        } catch (MillraceException e) {
            throw below(path.place(), e.problem()).asException(e);
        }
    }

    /** Files are named below their place; whoever looks for one needs the whole path. */
    static Problem below(String place, Problem problem) {
        return problem.where().isEmpty() ? problem.at(place) : problem.at(place + "/" + problem.where());
    }

    @Override
    public void close() {
        storage.close();
    }
}
