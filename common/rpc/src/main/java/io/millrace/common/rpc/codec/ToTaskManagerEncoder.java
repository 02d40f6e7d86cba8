package io.millrace.common.rpc.codec;

import io.millrace.common.graph.gateway.ToTaskManager.Cancel;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.Deploy;
import io.millrace.common.graph.gateway.ToTaskManager.Fenced;
import io.millrace.common.graph.gateway.ToTaskManager.Forget;
import io.millrace.common.graph.gateway.ToTaskManager.Handler;
import io.millrace.common.graph.gateway.ToTaskManager.HeartbeatAck;
import io.millrace.common.graph.gateway.ToTaskManager.Refused;
import io.millrace.common.graph.gateway.ToTaskManager.Registered;
import io.millrace.common.graph.gateway.ToTaskManager.ResultAck;
import io.millrace.common.graph.gateway.ToTaskManager.Shutdown;
import io.millrace.common.graph.gateway.ToTaskManager.Start;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.proto.control.CommonProto;
import io.millrace.proto.control.GatewayProto.JobManagerMessage;

/** Writes one message of the JobManager into its envelope. */
record ToTaskManagerEncoder(JobManagerMessage.Builder wire) implements Handler {

    @Override
    public void on(Registered message) {
        wire.getRegisteredBuilder()
                .setClusterId(message.clusterId())
                .setHeartbeatIntervalMs(message.heartbeatIntervalMs())
                .setHeartbeatTimeoutMs(message.heartbeatTimeoutMs())
                .setResultWindow(message.resultWindow());
    }

    @Override
    public void on(Refused message) {
        wire.getRefusedBuilder()
                .setProblem(CommonCodec.encode(message.problem()))
                .setPermanent(message.permanent());
    }

    @Override
    public void on(HeartbeatAck message) {
        wire.getHeartbeatAckBuilder().setSequence(message.sequence());
    }

    @Override
    public void on(Deploy message) {
        wire.getDeployBuilder().setDeployment(DeploymentCodec.encode(message.deployment()));
    }

    @Override
    public void on(Start message) {
        wire.getStartBuilder().addAllSubtasks(CommonCodec.encode(message.subtasks()));
    }

    @Override
    public void on(Cancel message) {
        wire.getCancelBuilder().addAllSubtasks(CommonCodec.encode(message.subtasks()));
    }

    @Override
    public void on(Forget message) {
        wire.getForgetBuilder().addAllSubtasks(CommonCodec.encode(message.subtasks()));
    }

    @Override
    public void on(ResultAck message) {
        wire.getResultAckBuilder()
                .setSubtask(CommonCodec.encode(message.subtask()))
                .setOperator(message.operator())
                .setNextSequence(message.nextSequence());
    }

    @Override
    public void on(Fenced message) {
        wire.setFenced(CommonProto.Fenced.newBuilder()
                .setCurrentEpoch(message.current().number()));
    }

    @Override
    public void on(Shutdown message) {
        wire.getShutdownBuilder().setReason(message.reason());
    }

    @Override
    public void on(TriggerCheckpoint message) {
        wire.setTriggerCheckpoint(CheckpointCodec.encode(message));
    }

    @Override
    public void on(CheckpointCompleted message) {
        wire.setCheckpointCompleted(CheckpointCodec.encode(message));
    }

    @Override
    public void on(CheckpointAborted message) {
        wire.setCheckpointAborted(CheckpointCodec.encode(message));
    }
}
