package io.millrace.common.rpc.codec;

import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.FromTaskManager.Fenced;
import io.millrace.common.graph.gateway.FromTaskManager.Handler;
import io.millrace.common.graph.gateway.FromTaskManager.Heartbeat;
import io.millrace.common.graph.gateway.FromTaskManager.Leaving;
import io.millrace.common.graph.gateway.FromTaskManager.OutputLines;
import io.millrace.common.graph.gateway.FromTaskManager.Register;
import io.millrace.common.graph.gateway.FromTaskManager.ResultBatch;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskEnded;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.proto.control.CommonProto;
import io.millrace.proto.control.GatewayProto;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;

/** Writes one message of a TaskManager into its envelope. */
record FromTaskManagerEncoder(TaskManagerMessage.Builder wire) implements Handler {

    @Override
    public void on(Register message) {
        GatewayProto.Register.Builder part = wire.getRegisterBuilder()
                .setProtocolVersion(message.protocolVersion())
                .setClusterId(message.clusterId())
                .setId(message.address().taskManager().name())
                .setIncarnation(message.address().incarnation().number())
                .setHost(message.address().host())
                .setDataPort(message.address().dataPort())
                .setSlots(message.slots())
                .setVersion(message.version());
        message.tasks().forEach(task -> part.addTasks(ReportCodec.encode(task)));
    }

    @Override
    public void on(Heartbeat message) {
        GatewayProto.Heartbeat.Builder part = wire.getHeartbeatBuilder().setSequence(message.sequence());
        message.tasks().forEach(task -> part.addTasks(ReportCodec.encode(task)));
    }

    @Override
    public void on(SubtaskStateChanged message) {
        wire.setStateChanged(ReportCodec.encode(message));
    }

    @Override
    public void on(OutputLines message) {
        wire.getOutputBuilder()
                .setSubtask(CommonCodec.encode(message.subtask()))
                .setOperator(message.operator())
                .setOperatorName(message.operatorName())
                .setStandardError(message.standardError())
                .addAllLines(message.lines())
                .setFirstLine(message.firstLine());
    }

    @Override
    public void on(ResultBatch message) {
        wire.getResultsBuilder()
                .setSubtask(CommonCodec.encode(message.subtask()))
                .setOperator(message.operator())
                .setSequence(message.sequence())
                .setBatch(GraphCodec.encode(message.batch()));
    }

    @Override
    public void on(Leaving message) {
        wire.getLeavingBuilder().setReason(message.reason());
    }

    @Override
    public void on(Fenced message) {
        wire.setFenced(CommonProto.Fenced.newBuilder()
                .setCurrentEpoch(message.current().number()));
    }

    @Override
    public void on(CheckpointAcknowledged message) {
        wire.setCheckpointAcknowledged(CheckpointCodec.encode(message));
    }

    @Override
    public void on(SubtaskEnded message) {
        wire.setEnded(GatewayProto.SubtaskEnded.newBuilder().setSubtask(CommonCodec.encode(message.subtask())));
    }

    @Override
    public void on(CheckpointDeclined message) {
        wire.setCheckpointDeclined(CheckpointCodec.encode(message));
    }
}
