package io.millrace.jobmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.ReadStorages;
import io.millrace.common.core.config.StorageLocation;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Storages that were used last, kept open. Belongs to one thread. */
final class OpenStorages implements AutoCloseable {
    private static final int MOST = 64;

    private final CheckpointStorages storages;

    /** By place, the one that was opened last at the end. */
    private final Map<String, CheckpointStorage> open = new LinkedHashMap<>();

    OpenStorages(CheckpointStorages storages) {
        this.storages = storages;
    }

    /** @throws io.millrace.common.core.error.MillraceException if it cannot be opened */
    CheckpointStorage of(String place) {
        CheckpointStorage known = open.get(place);
        if (known != null) {
            return known;
        }
        CheckpointStorage opened = storages.open(StorageLocation.parse(place));
        open.put(place, opened);
        if (open.size() > MOST) {
            Iterator<CheckpointStorage> oldest = open.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        return opened;
    }

    /** Others, to read from; closed by the caller. */
    ReadStorages toRead() {
        return new ReadStorages(storages);
    }

    /** The job of this place has ended. */
    void forget(String place) {
        CheckpointStorage known = open.remove(place);
        if (known != null) {
            known.close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(CheckpointStorage::close);
        open.clear();
    }
}
