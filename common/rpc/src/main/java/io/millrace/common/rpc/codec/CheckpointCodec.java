package io.millrace.common.rpc.codec;

import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.proto.control.GatewayProto;
import io.millrace.proto.manifest.ManifestProto;

/** What a TaskManager and the JobManager tell each other of checkpoints. */
final class CheckpointCodec {
    private static final EnumCodec<CheckpointKind, GatewayProto.CheckpointKind> KINDS =
            new EnumCodec<>("CHECKPOINT_KIND_", CheckpointKind.class, GatewayProto.CheckpointKind.class);
    private static final EnumCodec<PartKind, ManifestProto.PartKind> PARTS =
            new EnumCodec<>("PART_KIND_", PartKind.class, ManifestProto.PartKind.class);

    private CheckpointCodec() {}

    static GatewayProto.CheckpointAcknowledged encode(CheckpointAcknowledged message) {
        GatewayProto.CheckpointAcknowledged.Builder wire = GatewayProto.CheckpointAcknowledged.newBuilder()
                .setJob(CommonCodec.encode(message.job()))
                .setRun(message.run())
                .setCheckpoint(message.checkpoint());
        for (SegmentFile file : message.files()) {
            wire.addFiles(ManifestProto.SegmentFile.newBuilder()
                    .setName(file.name())
                    .setLength(file.length())
                    .setNonce(file.nonce()));
        }
        for (OperatorSchemas operator : message.schemas()) {
            GatewayProto.OperatorSchemas.Builder schemas =
                    wire.addSchemasBuilder().setOperator(operator.operator());
            for (StateSchema schema : operator.schemas()) {
                schemas.addSchemasBuilder()
                        .setState(schema.state())
                        .setDescription(GraphCodec.encode(schema.description()));
            }
        }
        message.subtasks().forEach(subtask -> wire.addSubtasks(encode(subtask)));
        return wire.build();
    }

    static CheckpointAcknowledged decode(GatewayProto.CheckpointAcknowledged wire) {
        Decoding.require(wire.hasJob(), "a checkpoint's acknowledgement", "no job is set");
        return new CheckpointAcknowledged(
                CommonCodec.decode(wire.getJob()),
                wire.getRun(),
                wire.getCheckpoint(),
                wire.getFilesList().stream()
                        .map(file -> new SegmentFile(file.getName(), file.getLength(), file.getNonce()))
                        .toList(),
                wire.getSchemasList().stream().map(CheckpointCodec::decode).toList(),
                wire.getSubtasksList().stream().map(CheckpointCodec::decode).toList());
    }

    static GatewayProto.CheckpointDeclined encode(CheckpointDeclined message) {
        return GatewayProto.CheckpointDeclined.newBuilder()
                .setJob(CommonCodec.encode(message.job()))
                .setRun(message.run())
                .setCheckpoint(message.checkpoint())
                .setSubtask(CommonCodec.encode(message.subtask()))
                .setProblem(CommonCodec.encode(message.problem()))
                .build();
    }

    static CheckpointDeclined decode(GatewayProto.CheckpointDeclined wire) {
        Decoding.require(wire.hasJob() && wire.hasProblem(), "a declined checkpoint", "no job or no problem is set");
        return new CheckpointDeclined(
                CommonCodec.decode(wire.getJob()),
                wire.getRun(),
                wire.getCheckpoint(),
                CommonCodec.decode(wire.getSubtask()),
                CommonCodec.decode(wire.getProblem()));
    }

    static GatewayProto.TriggerCheckpoint encode(TriggerCheckpoint message) {
        return GatewayProto.TriggerCheckpoint.newBuilder()
                .setJob(CommonCodec.encode(message.job()))
                .setRun(message.run())
                .setCheckpoint(message.checkpoint())
                .setKind(KINDS.encode(message.kind()))
                .build();
    }

    static TriggerCheckpoint decode(GatewayProto.TriggerCheckpoint wire) {
        Decoding.require(wire.hasJob(), "the trigger of a checkpoint", "no job is set");
        return new TriggerCheckpoint(
                CommonCodec.decode(wire.getJob()), wire.getRun(), wire.getCheckpoint(), KINDS.decode(wire.getKind()));
    }

    static GatewayProto.CheckpointCompleted encode(CheckpointCompleted message) {
        return GatewayProto.CheckpointCompleted.newBuilder()
                .setJob(CommonCodec.encode(message.job()))
                .setRun(message.run())
                .setCheckpoint(message.checkpoint())
                .build();
    }

    static CheckpointCompleted decode(GatewayProto.CheckpointCompleted wire) {
        Decoding.require(wire.hasJob(), "a completed checkpoint", "no job is set");
        return new CheckpointCompleted(CommonCodec.decode(wire.getJob()), wire.getRun(), wire.getCheckpoint());
    }

    static GatewayProto.CheckpointAborted encode(CheckpointAborted message) {
        return GatewayProto.CheckpointAborted.newBuilder()
                .setJob(CommonCodec.encode(message.job()))
                .setRun(message.run())
                .setCheckpoint(message.checkpoint())
                .setReason(message.reason())
                .build();
    }

    static CheckpointAborted decode(GatewayProto.CheckpointAborted wire) {
        Decoding.require(wire.hasJob(), "an aborted checkpoint", "no job is set");
        return new CheckpointAborted(
                CommonCodec.decode(wire.getJob()), wire.getRun(), wire.getCheckpoint(), wire.getReason());
    }

    private static OperatorSchemas decode(GatewayProto.OperatorSchemas wire) {
        return new OperatorSchemas(
                wire.getOperator(),
                wire.getSchemasList().stream()
                        .map(schema -> new StateSchema(
                                schema.getState(),
                                new OpaqueBytes(schema.getDescription().toByteArray())))
                        .toList());
    }

    private static GatewayProto.SubtaskAcknowledgement encode(SubtaskAcknowledgement subtask) {
        GatewayProto.SubtaskAcknowledgement.Builder wire = GatewayProto.SubtaskAcknowledgement.newBuilder()
                .setSubtask(CommonCodec.encode(subtask.subtask()))
                .setStateBytes(subtask.cost().stateBytes())
                .setWrittenBytes(subtask.cost().writtenBytes())
                .setAlignmentMs(subtask.cost().alignmentMs())
                .setSynchronousMs(subtask.cost().synchronousMs())
                .setAsynchronousMs(subtask.cost().asynchronousMs());
        for (OperatorParts operator : subtask.operators()) {
            GatewayProto.OperatorParts.Builder parts =
                    wire.addOperatorsBuilder().setOperator(operator.operator());
            operator.parts().forEach(part -> parts.addParts(encode(part)));
        }
        return wire.build();
    }

    private static SubtaskAcknowledgement decode(GatewayProto.SubtaskAcknowledgement wire) {
        return new SubtaskAcknowledgement(
                CommonCodec.decode(wire.getSubtask()),
                wire.getOperatorsList().stream()
                        .map(operator -> new OperatorParts(
                                operator.getOperator(),
                                operator.getPartsList().stream()
                                        .map(CheckpointCodec::decode)
                                        .toList()))
                        .toList(),
                new SnapshotCost(
                        wire.getStateBytes(),
                        wire.getWrittenBytes(),
                        wire.getAlignmentMs(),
                        wire.getSynchronousMs(),
                        wire.getAsynchronousMs()));
    }

    private static ManifestProto.StatePart encode(StatePart part) {
        return ManifestProto.StatePart.newBuilder()
                .setKind(PARTS.encode(part.kind()))
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
        return new StatePart(
                PARTS.decode(wire.getKind()),
                wire.getState(),
                wire.getFromGroup(),
                wire.getToGroup(),
                wire.getFile(),
                wire.getOffset(),
                wire.getLength(),
                wire.getEntries());
    }
}
