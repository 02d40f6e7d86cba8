package io.millrace.jobmanager.server.checkpoint;

import io.millrace.common.checkpoint.format.CheckpointPath;
import io.millrace.common.checkpoint.format.FormatErrors;
import io.millrace.common.checkpoint.format.ManifestFile;
import io.millrace.common.checkpoint.format.SegmentReader;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.checkpoint.storage.ReadStorages;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.checkpoint.storage.StoredObject;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.ReadManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand.ReadOrigin;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Carries out commands on storages, one after another, and says truly what came of each. Blocks. */
final class StoreWork {
    /** A put that began longer ago than this, and has not ended, never will. */
    private static final long REMAINS_GRACE_MS = TimeUnit.SECONDS.toMillis(60);

    /** A manifest that cannot be used for these reasons will not be better when it is read again. */
    private static final Set<String> PERMANENT =
            Arrays.stream(FormatErrors.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final OpenStorages storages;
    private final Clock clock;

    StoreWork(OpenStorages storages, Clock clock) {
        this.storages = storages;
        this.clock = clock;
    }

    /** @param jobPlace of the job's own checkpoints, where the command names no other */
    CheckpointEvent carryOut(String jobPlace, CheckpointCommand command) {
        if (command instanceof StoreManifest store) {
            return store(jobPlace, store);
        } else if (command instanceof ReadManifest read) {
            return read(jobPlace, read);
        } else if (command instanceof ReadOrigin origin) {
            return read(origin);
        } else if (command instanceof DeleteFiles delete) {
            return delete(jobPlace, delete);
        } else if (command instanceof SweepFiles sweep) {
            return sweep(jobPlace, sweep);
        }
        throw new IllegalArgumentException("Not for a storage: " + command);
    }

    private CheckpointEvent store(String jobPlace, StoreManifest command) {
        long checkpoint = command.pointer().checkpoint();
        try {
            CheckpointStorage storage = storages.of(placeOf(jobPlace, command.pointer()));
            for (FileCopy copy : command.copies()) {
                SavepointCopy from = new SavepointCopy(storages.of(jobPlace), command.job(), checkpoint);
                put(storage, copy.file().name(), from.contentOf(copy));
            }
            Optional<SegmentFile> unseen = unseen(command.manifest(), storage);
            if (unseen.isPresent()) {
                Problem problem = notShared(unseen.get(), storage);
                return new CheckpointEvent.ManifestFailed(command.job(), checkpoint, problem, true);
            }
            Content manifest = ManifestFile.encode(command.manifest(), command.nonce());
            put(storage, CheckpointFileName.manifest(checkpoint), manifest);
            return new CheckpointEvent.ManifestStored(command.job(), checkpoint);
        } catch (MillraceException e) {
            boolean known = !e.problem().code().equals(StorageErrors.STORAGE_OUTCOME_UNKNOWN.name());
            return new CheckpointEvent.ManifestFailed(command.job(), checkpoint, e.problem(), known);
        }
    }

    /**
     * A file written for this checkpoint that is not here with all its bytes. A TaskManager that writes to a disk of
     * its own acknowledges in good faith; its checkpoints would be found missing when they are needed.
     */
    private static Optional<SegmentFile> unseen(CheckpointManifest manifest, CheckpointStorage storage) {
        OptionalLong checkpoint = OptionalLong.of(manifest.checkpoint());
        return manifest.files().stream()
                .filter(file ->
                        CheckpointFileName.checkpointOfSegment(file.name()).equals(checkpoint))
                .filter(file -> storage.find(new ObjectName(file.name()))
                        .filter(found -> found.length() == file.length())
                        .isEmpty())
                .findFirst();
    }

    private static Problem notShared(SegmentFile file, CheckpointStorage storage) {
        return Problem.of(
                        StoreErrors.CHECKPOINT_DIR_NOT_SHARED,
                        "A TaskManager wrote " + file.length() + " bytes to " + file.name()
                                + ", and the JobManager does not see them")
                .at(storage.location())
                .because("The directory is not the same one on all machines or in all containers")
                .fix(
                        "Mount one shared volume there in every process, or have jobmanager.checkpoint-dir or checkpoint.dir"
                                + " name a place that all of them see");
    }

    private static void put(CheckpointStorage storage, String name, Content content) {
        if (storage.put(new ObjectName(name), content) != PutOutcome.STORED) {
            throw Problem.of(StoreErrors.MANIFEST_NAME_TAKEN, "There is another file " + name)
                    .at(storage.location())
                    .because("Two jobs, or two leaders of one job, keep their checkpoints in the same place")
                    .fix("Give each cluster a place of its own")
                    .asException();
        }
    }

    private CheckpointEvent read(String jobPlace, ReadManifest command) {
        CheckpointPointer pointer = command.pointer();
        String place = placeOf(jobPlace, pointer);
        String file = place + "/" + CheckpointFileName.manifest(pointer.checkpoint());
        try {
            CheckpointManifest manifest = ManifestFile.read(
                    storages.of(place), new ObjectName(CheckpointFileName.manifest(pointer.checkpoint())));
            if (!manifest.job().equals(command.writer()) || manifest.checkpoint() != pointer.checkpoint()) {
                Problem foreign = Problem.of(FormatErrors.CHECKPOINT_FILE_FOREIGN, "The manifest is another one")
                        .at(file)
                        .because("It is of checkpoint " + manifest.checkpoint() + " of job " + manifest.job());
                return new CheckpointEvent.ManifestUnreadable(command.job(), pointer.checkpoint(), foreign, true);
            }
            return new CheckpointEvent.ManifestRead(command.job(), manifest);
        } catch (MillraceException e) {
            Problem problem = e.problem();
            boolean permanent = PERMANENT.contains(problem.code());
            Problem placed = problem.at(problem.where().isEmpty() ? file : file + " (" + problem.where() + ")");
            return new CheckpointEvent.ManifestUnreadable(command.job(), pointer.checkpoint(), placed, permanent);
        }
    }

    private CheckpointEvent read(ReadOrigin command) {
        String place = command.path().toString();
        try (ReadStorages origins = storages.toRead()) {
            CheckpointPath path = CheckpointPath.find(command.path(), origins::of);
            place = path.place();
            CheckpointStorage storage = origins.of(StorageLocation.parse(place));
            CheckpointManifest manifest = ManifestFile.read(storage, path.manifest());
            // Whether every block is sound is found by the tasks that read it; that all files are there is told now.
            manifest.files()
                    .forEach(segment ->
                            SegmentReader.open(storage, new ObjectName(segment.name()), segment, manifest.job()));
            return new CheckpointEvent.OriginRead(command.job(), path.place(), manifest);
        } catch (MillraceException e) {
            Problem problem = e.problem();
            String where = problem.where().isEmpty() ? place : place + "/" + problem.where();
            return new CheckpointEvent.OriginUnreadable(command.job(), problem.at(where));
        }
    }

    private CheckpointEvent delete(String jobPlace, DeleteFiles command) {
        try {
            CheckpointStorage storage = storages.of(command.place().isEmpty() ? jobPlace : command.place());
            command.names().forEach(name -> storage.delete(new ObjectName(name)));
            return new CheckpointEvent.FilesDeleted(command.job(), command.place(), command.names());
        } catch (MillraceException e) {
            return new CheckpointEvent.DeleteFailed(command.job(), command.place(), command.names(), e.problem());
        }
    }

    private CheckpointEvent sweep(String jobPlace, SweepFiles command) {
        try {
            CheckpointStorage storage = storages.of(command.place().isEmpty() ? jobPlace : command.place());
            List<ObjectName> orphans = new ArrayList<>();
            storage.list("", object -> {
                if (isOrphan(object, command)) {
                    orphans.add(object.name());
                }
            });
            orphans.forEach(storage::delete);
            storage.deleteRemains(clock.epochMillis() - REMAINS_GRACE_MS);
            return new CheckpointEvent.Swept(command);
        } catch (MillraceException e) {
            return new CheckpointEvent.SweepFailed(command, e.problem());
        } finally {
            if (command.before() == Long.MAX_VALUE) {
                storages.forget(jobPlace);
            }
        }
    }

    private static boolean isOrphan(StoredObject object, SweepFiles command) {
        String name = object.name().text();
        return !command.keep().contains(name)
                && CheckpointFileName.checkpointOf(name).stream()
                        .anyMatch(checkpoint -> checkpoint < command.before()
                                || command.checkpoints().contains(checkpoint));
    }

    private static String placeOf(String jobPlace, CheckpointPointer pointer) {
        return pointer.place().isEmpty() ? jobPlace : pointer.place();
    }
}
