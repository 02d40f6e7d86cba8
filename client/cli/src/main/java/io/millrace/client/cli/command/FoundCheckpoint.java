package io.millrace.client.cli.command;

import io.millrace.common.checkpoint.format.CheckpointPath;
import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.checkpoint.s3.ObjectStorages;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.checkpoint.storage.ReadStorages;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointManifest;

/**
 * A checkpoint or savepoint that this process reads itself, without any cluster.
 *
 * @param storage of its place
 * @param opened closes it
 */
record FoundCheckpoint(CheckpointPath path, CheckpointStorage storage, CheckpointManifest manifest, ReadStorages opened)
        implements AutoCloseable {

    /**
     * @param configuration how an object store is reached
     * @throws MillraceException if there is none, or its manifest is not sound; where that lies is in the problem
     */
    static FoundCheckpoint read(StorageLocation location, Configuration configuration) {
        // Nothing is written, so no names are made up.
        ReadStorages storages =
                new ReadStorages(new ObjectStorages(new DirectoryStorages(() -> "unused"), configuration));
        String place = "";
        try {
            CheckpointPath path = CheckpointPath.find(location, storages::of);
            place = path.place();
            CheckpointStorage storage = storages.of(StorageLocation.parse(place));
            return new FoundCheckpoint(path, storage, ManifestFile.read(storage, path.manifest()), storages);
        } catch (MillraceException e) {
            storages.close();
            throw place.isEmpty() ? e : below(place, e.problem()).asException(e);
        }
    }

    /** Files are named below their place; whoever looks for one needs the whole path. */
    static Problem below(String place, Problem problem) {
        return problem.where().isEmpty() ? problem.at(place) : problem.at(place + "/" + problem.where());
    }

    @Override
    public void close() {
        opened.close();
    }
}
