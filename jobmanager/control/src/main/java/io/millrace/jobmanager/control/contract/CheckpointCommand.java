package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * I/O that a checkpoint coordinator wants done. Each is answered by one {@link CheckpointEvent}; each may be asked for
 * again, and doing it twice must be the same as doing it once.
 */
public sealed interface CheckpointCommand {
    JobId job();

    /**
     * Put the manifest where {@code pointer} says, and before it what is to be copied to there. The same command always
     * makes the same bytes. Answered by {@link CheckpointEvent.ManifestStored} or
     * {@link CheckpointEvent.ManifestFailed}.
     *
     * @param nonce for the header of the file
     * @param copies files of a savepoint that nobody has written yet; the manifest names them like all others
     */
    record StoreManifest(CheckpointPointer pointer, CheckpointManifest manifest, long nonce, List<FileCopy> copies)
            implements CheckpointCommand {
        public StoreManifest {
            copies = List.copyOf(copies);
        }

        @Override
        public JobId job() {
            return manifest.job();
        }
    }

    /**
     * Read the manifest of a checkpoint that is complete according to the log. Answered by
     * {@link CheckpointEvent.ManifestRead} or {@link CheckpointEvent.ManifestUnreadable}.
     *
     * @param writer the job that took it
     */
    record ReadManifest(JobId job, JobId writer, CheckpointPointer pointer) implements CheckpointCommand {}

    /**
     * Find the checkpoint that a user means, and read its manifest. Answered by {@link CheckpointEvent.OriginRead} or
     * {@link CheckpointEvent.OriginUnreadable}.
     *
     * @param job that is to begin with it
     */
    record ReadOrigin(JobId job, StorageLocation path) implements CheckpointCommand {}

    /**
     * Append to the metadata log, in one entry, that a checkpoint is complete and others are no longer kept. Answered
     * by {@link CheckpointEvent.PointerRecorded} or {@link CheckpointEvent.PointerFailed}.
     *
     * @param subsumed checkpoints whose pointers end with this entry
     */
    record RecordCompleted(JobId job, CheckpointPointer pointer, List<Long> subsumed) implements CheckpointCommand {
        public RecordCompleted {
            subsumed = List.copyOf(subsumed);
        }
    }

    /**
     * Delete these, in this order: a manifest goes before the files it names. Answered by
     * {@link CheckpointEvent.FilesDeleted} or {@link CheckpointEvent.DeleteFailed} with the same names.
     */
    record DeleteFiles(JobId job, String place, List<String> names) implements CheckpointCommand {
        public DeleteFiles {
            names = List.copyOf(names);
        }
    }

    /**
     * List a place once and delete what nobody told of: whatever was written for {@code checkpoints}, or by former
     * leaders for any checkpoint below {@code before}, unless it is to be kept. Answered by
     * {@link CheckpointEvent.Swept} or {@link CheckpointEvent.SweepFailed}.
     *
     * @param before 0 if nothing is suspected of former leaders
     * @param keep names of files and manifests
     */
    record SweepFiles(JobId job, String place, Set<Long> checkpoints, long before, Set<String> keep)
            implements CheckpointCommand {
        public SweepFiles {
            checkpoints = Collections.unmodifiableSortedSet(new TreeSet<>(checkpoints));
            keep = Set.copyOf(keep);
        }
    }
}
