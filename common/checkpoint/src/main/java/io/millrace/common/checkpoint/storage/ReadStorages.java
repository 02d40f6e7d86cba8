package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.config.StorageLocation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Places that are only read from, each opened once and all closed together. For one thread. */
public final class ReadStorages implements AutoCloseable {
    private final CheckpointStorages storages;
    private final Map<StorageLocation, CheckpointStorage> open = new LinkedHashMap<>();

    public ReadStorages(CheckpointStorages storages) {
        this.storages = storages;
    }

    /**
     * @return open until this is closed
     * @throws io.millrace.common.core.error.MillraceException as {@link CheckpointStorages#openToRead} does
     */
    public CheckpointStorage of(StorageLocation place) {
        return open.computeIfAbsent(place, storages::openToRead);
    }

    @Override
    public void close() {
        open.values().forEach(CheckpointStorage::close);
        open.clear();
    }
}
