package io.millrace.common.checkpoint.format;

import com.google.protobuf.UnsafeByteOperations;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.proto.manifest.ManifestProto;
import java.util.List;

/** Manifests to and from their messages. What a message must not say is an {@link IllegalArgumentException}. */
final class ManifestCodec {
    private static final String KIND_PREFIX = "PART_KIND_";

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
        for (SegmentFile file : manifest.files()) {
            wire.addFiles(ManifestProto.SegmentFile.newBuilder()
                    .setName(file.name())
                    .setLength(file.length())
                    .setNonce(file.nonce()));
        }
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
                wire.getFilesList().stream()
                        .map(file -> new SegmentFile(file.getName(), file.getLength(), file.getNonce()))
                        .toList(),
                wire.getOperatorsList().stream().map(ManifestCodec::decode).toList());
    }

    private static ManifestProto.OperatorSnapshot encode(OperatorSnapshot operator) {
        ManifestProto.OperatorSnapshot.Builder wire = ManifestProto.OperatorSnapshot.newBuilder()
                .setIdentity(operator.identity())
                .setName(operator.name())
                .setParallelism(operator.parallelism())
                .setMaxParallelism(operator.maxParallelism());
        for (StateSchema schema : operator.schemas()) {
            wire.addSchemas(ManifestProto.StateSchema.newBuilder()
                    .setState(schema.state())
                    .setDescription(
                            UnsafeByteOperations.unsafeWrap(schema.description().array())));
        }
        for (SubtaskSnapshot subtask : operator.subtasks()) {
            ManifestProto.SubtaskSnapshot.Builder parts =
                    ManifestProto.SubtaskSnapshot.newBuilder().setIndex(subtask.index());
            subtask.parts().forEach(part -> parts.addParts(encode(part)));
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
                wire.getSchemasList().stream()
                        .map(schema -> new StateSchema(
                                schema.getState(),
                                new OpaqueBytes(schema.getDescription().toByteArray())))
                        .toList(),
                wire.getSubtasksList().stream()
                        .map(subtask -> new SubtaskSnapshot(subtask.getIndex(), decode(subtask.getPartsList())))
                        .toList());
    }

    private static List<StatePart> decode(List<ManifestProto.StatePart> parts) {
        return parts.stream().map(ManifestCodec::decode).toList();
    }

    private static ManifestProto.StatePart encode(StatePart part) {
        return ManifestProto.StatePart.newBuilder()
                .setKind(
                        ManifestProto.PartKind.valueOf(KIND_PREFIX + part.kind().name()))
                .setState(part.state())
                .setFromGroup(part.fromGroup())
                .setToGroup(part.toGroup())
                .setFile(part.file())
                .setOffset(part.offset())
                .setLength(part.length())
                .setEntries(part.entries())
                .build();
    }

    private static StatePart decode(ManifestProto.StatePart wire) {
        boolean known = wire.getKind() != ManifestProto.PartKind.PART_KIND_UNSPECIFIED
                && wire.getKind() != ManifestProto.PartKind.UNRECOGNIZED;
        Check.argument(known, "A part is of unknown kind " + wire.getKindValue());
        return new StatePart(
                PartKind.valueOf(wire.getKind().name().substring(KIND_PREFIX.length())),
                wire.getState(),
                wire.getFromGroup(),
                wire.getToGroup(),
                wire.getFile(),
                wire.getOffset(),
                wire.getLength(),
                wire.getEntries());
    }
}
