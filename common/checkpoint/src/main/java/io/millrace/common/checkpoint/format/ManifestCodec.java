package io.millrace.common.checkpoint.format;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.proto.manifest.ManifestProto;
import java.util.List;

/** Manifests to and from their messages. What a message must not say is an {@link IllegalArgumentException}. */
final class ManifestCodec {
    private ManifestCodec() {}

    static ManifestProto.Manifest encode(CheckpointManifest manifest) {
        ManifestProto.Manifest.Builder wire = ManifestProto.Manifest.newBuilder()
                .setJobMostSignificant(manifest.job().mostSignificant())
                .setJobLeastSignificant(manifest.job().leastSignificant())
                .setJobName(manifest.jobName())
                .setCheckpoint(manifest.checkpoint())
                .setRun(manifest.run())
                .setSavepoint(manifest.savepoint())
                .setTriggeredAtEpochMs(manifest.triggeredAtEpochMs())
                .setCompletedAtEpochMs(manifest.completedAtEpochMs());
        manifest.files().forEach(file -> wire.addFiles(PartCodec.encode(file)));
        manifest.operators().forEach(operator -> wire.addOperators(encode(operator)));
        return wire.build();
    }

    static CheckpointManifest decode(ManifestProto.Manifest wire) {
        return new CheckpointManifest(
                new JobId(wire.getJobMostSignificant(), wire.getJobLeastSignificant()),
                wire.getJobName(),
                wire.getCheckpoint(),
                wire.getRun(),
                wire.getSavepoint(),
                wire.getTriggeredAtEpochMs(),
                wire.getCompletedAtEpochMs(),
                wire.getFilesList().stream().map(PartCodec::decode).toList(),
                wire.getOperatorsList().stream().map(ManifestCodec::decode).toList());
    }

    private static ManifestProto.OperatorSnapshot encode(OperatorSnapshot operator) {
        ManifestProto.OperatorSnapshot.Builder wire = ManifestProto.OperatorSnapshot.newBuilder()
                .setIdentity(operator.identity())
                .setName(operator.name())
                .setParallelism(operator.parallelism())
                .setMaxParallelism(operator.maxParallelism());
        operator.schemas().forEach(schema -> wire.addSchemas(PartCodec.encode(schema)));
        for (SubtaskSnapshot subtask : operator.subtasks()) {
            ManifestProto.SubtaskSnapshot.Builder parts =
                    ManifestProto.SubtaskSnapshot.newBuilder().setIndex(subtask.index());
            subtask.parts().forEach(part -> parts.addParts(PartCodec.encode(part)));
            wire.addSubtasks(parts);
        }
        return wire.build();
    }

    private static OperatorSnapshot decode(ManifestProto.OperatorSnapshot wire) {
        return new OperatorSnapshot(
                wire.getIdentity(),
                wire.getName(),
                wire.getParallelism(),
                wire.getMaxParallelism(),
                wire.getSchemasList().stream().map(PartCodec::decode).toList(),
                wire.getSubtasksList().stream()
                        .map(subtask -> new SubtaskSnapshot(subtask.getIndex(), decode(subtask.getPartsList())))
                        .toList());
    }

    private static List<StatePart> decode(List<ManifestProto.StatePart> parts) {
        return parts.stream().map(PartCodec::decode).toList();
    }
}
