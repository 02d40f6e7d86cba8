package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.config.StorageLocation;
import java.util.concurrent.ConcurrentHashMap;

/** Opens storages in memory: always the same one for the same place. */
public final class InMemoryStorages implements CheckpointStorages {
    private final ConcurrentHashMap<String, InMemoryStorage> places = new ConcurrentHashMap<>();

    @Override
    public CheckpointStorage open(StorageLocation place) {
        return places.computeIfAbsent(place.toString(), key -> new InMemoryStorage());
    }
}
