package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.id.JobId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The storages that are open, each once per job and place. Owned by the agent; workers do the opening and closing. */
final class OpenStorages {
    private final SegmentStore store;
    private final Map<JobPlace, Entry> entries = new HashMap<>();

    private record JobPlace(JobId job, StorageLocation place) {}

    /** @param storage null while it is being opened */
    private record Entry(@Nullable CheckpointStorage storage) {}

    OpenStorages(SegmentStore store) {
        this.store = store;
    }

    /** The storage if it is open; if not it is being opened when this returns. */
    @Nullable
    CheckpointStorage get(JobId job, StorageLocation place) {
        Entry known = entries.get(new JobPlace(job, place));
        if (known == null) {
            entries.put(new JobPlace(job, place), new Entry(null));
            store.open(job, place);
            return null;
        }
        return known.storage();
    }

    void opened(JobId job, StorageLocation place, CheckpointStorage storage) {
        entries.put(new JobPlace(job, place), new Entry(storage));
    }

    /** It could not be opened; whoever needs it next tries again. */
    void notOpened(JobId job, StorageLocation place) {
        entries.remove(new JobPlace(job, place));
    }

    /** Closes those of a job that it no longer needs. One that is being opened is closed by the next call. */
    void closeAllBut(JobId job, Set<StorageLocation> needed) {
        entries.entrySet().removeIf(entry -> {
            CheckpointStorage storage = entry.getValue().storage();
            boolean closes = storage != null
                    && entry.getKey().job().equals(job)
                    && !needed.contains(entry.getKey().place());
            if (closes) {
                store.close(storage);
            }
            return closes;
        });
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
