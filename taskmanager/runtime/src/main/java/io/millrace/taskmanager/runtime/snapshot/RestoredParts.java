package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.common.checkpoint.format.PartReader;
import io.millrace.common.checkpoint.format.SegmentReader;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.graph.deployment.OperatorRestore;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.taskmanager.state.RestoredPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that a subtask takes up of a snapshot, read and checked. Blocks its thread while it reads. */
public final class RestoredParts {
    private final Map<Integer, RestoredOperator> operators = new HashMap<>();

    private RestoredParts() {}

    /**
     * @throws io.millrace.common.core.error.MillraceException if a file is missing, damaged or another, or the storage
     *     fails
     */
    public static RestoredParts read(SubtaskDeployment deployment, CheckpointStorages storages) {
        RestoredParts restored = new RestoredParts();
        RestorePoint restore = deployment.restore();
        if (restore != null && !restore.operators().isEmpty()) {
            try (CheckpointStorage storage = storages.openToRead(StorageLocation.parse(restore.place()))) {
                Reading reading = new Reading(restore, storage);
                for (OperatorRestore operator : restore.operators()) {
                    restored.operators.put(
                            operator.operator(),
                            new RestoredOperator(
                                    deployment.id().index(),
                                    deployment.vertex().parallelism(),
                                    operator.parallelism(),
                                    operator.schemas(),
                                    reading.partsOf(operator)));
                }
            }
        }
        return restored;
    }

    public RestoredOperator of(int operator) {
        return operators.getOrDefault(operator, RestoredOperator.NONE);
    }

    /** Opens each file once. */
    private static final class Reading {
        private final RestorePoint restore;
        private final CheckpointStorage storage;
        private final Map<Integer, SegmentReader> files = new HashMap<>();

        Reading(RestorePoint restore, CheckpointStorage storage) {
            this.restore = restore;
            this.storage = storage;
        }

        List<RestoredOperator.Part> partsOf(OperatorRestore operator) {
            List<RestoredOperator.Part> parts = new ArrayList<>();
            for (SubtaskSnapshot subtask : operator.subtasks()) {
                for (StatePart part : subtask.parts()) {
                    parts.add(new RestoredOperator.Part(
                            subtask.index(),
                            new RestoredPart(
                                    part.kind(),
                                    part.state(),
                                    part.fromGroup(),
                                    part.toGroup(),
                                    part.entries(),
                                    blocksOf(part))));
                }
            }
            return parts;
        }

        private List<ByteBuffer> blocksOf(StatePart part) {
            List<ByteBuffer> blocks = new ArrayList<>();
            try (PartReader reader =
                    files.computeIfAbsent(part.file(), this::open).read(part)) {
                for (ByteBuffer block = reader.next(); block != null; block = reader.next()) {
                    blocks.add(block);
                }
            }
            return blocks;
        }

        private SegmentReader open(int file) {
            SegmentFile segment = restore.files().get(file);
            return SegmentReader.open(storage, new ObjectName(segment.name()), segment, restore.job());
        }
    }
}
