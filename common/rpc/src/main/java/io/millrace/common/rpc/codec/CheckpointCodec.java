package io.millrace.common.rpc.codec;

import io.millrace.common.checkpoint.format.PartCodec;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.proto.control.GatewayProto;

/** What a TaskManager and the JobManager tell each other of checkpoints. */
final class CheckpointCodec {
    private CheckpointCodec() {}

    static GatewayProto.CheckpointAcknowledged encode(CheckpointAcknowledged message) {
        GatewayProto.CheckpointAcknowledged.Builder wire = GatewayProto.CheckpointAcknowledged.newBuilder()
                .setJob(CommonCodec.encode(message.job()))
                .setRun(message.run())
                .setCheckpoint(message.checkpoint());
        message.files().forEach(file -> wire.addFiles(PartCodec.encode(file)));
        for (OperatorSchemas operator : message.schemas()) {
            GatewayProto.OperatorSchemas.Builder schemas =
                    wire.addSchemasBuilder().setOperator(operator.operator());
            operator.schemas().forEach(schema -> schemas.addSchemas(PartCodec.encode(schema)));
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
                wire.getFilesList().stream().map(PartCodec::decode).toList(),
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
                .setKind(CommonCodec.encode(message.kind()))
                .setPlace(message.place())
                .build();
    }

    static TriggerCheckpoint decode(GatewayProto.TriggerCheckpoint wire) {
        Decoding.require(wire.hasJob(), "the trigger of a checkpoint", "no job is set");
        return new TriggerCheckpoint(
                CommonCodec.decode(wire.getJob()),
                wire.getRun(),
                wire.getCheckpoint(),
                CommonCodec.decode(wire.getKind()),
                wire.getPlace());
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
                wire.getSchemasList().stream().map(PartCodec::decode).toList());
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
            operator.parts().forEach(part -> parts.addParts(PartCodec.encode(part)));
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
                                        .map(PartCodec::decode)
                                        .toList()))
                        .toList(),
                new SnapshotCost(
                        wire.getStateBytes(),
                        wire.getWrittenBytes(),
                        wire.getAlignmentMs(),
                        wire.getSynchronousMs(),
                        wire.getAsynchronousMs()));
    }
}
