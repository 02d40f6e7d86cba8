package io.millrace.common.rpc.codec;

import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.proto.control.CommonProto;
import io.millrace.proto.control.GatewayProto;
import io.millrace.proto.control.GatewayProto.JobManagerMessage;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;

/** Both directions of the stream between a TaskManager and the JobManager. The envelope's epoch is the caller's. */
public final class GatewayCodec {
    private GatewayCodec() {}

    public static TaskManagerMessage encode(Epoch epoch, FromTaskManager message) {
        TaskManagerMessage.Builder wire = TaskManagerMessage.newBuilder().setLeaderEpoch(epoch.number());
        message.dispatch(new FromTaskManagerEncoder(wire));
        return wire.build();
    }

    /** @throws io.millrace.common.core.error.MillraceException for a message that no process of this version sends */
    public static FromTaskManager decode(TaskManagerMessage message) {
        return Decoding.of("a message of a TaskManager", () -> switch (message.getMessageCase()) {
            case REGISTER -> decode(message.getRegister());
            case HEARTBEAT ->
                new FromTaskManager.Heartbeat(
                        message.getHeartbeat().getSequence(),
                        message.getHeartbeat().getTasksList().stream()
                                .map(ReportCodec::decode)
                                .toList());
            case STATE_CHANGED -> ReportCodec.decode(message.getStateChanged());
            case OUTPUT -> decode(message.getOutput());
            case RESULTS -> decode(message.getResults());
            case LEAVING -> new FromTaskManager.Leaving(message.getLeaving().getReason());
            case FENCED -> new FromTaskManager.Fenced(decode(message.getFenced()));
            case CHECKPOINT_ACKNOWLEDGED -> CheckpointCodec.decode(message.getCheckpointAcknowledged());
            case CHECKPOINT_DECLINED -> CheckpointCodec.decode(message.getCheckpointDeclined());
            case ENDED ->
                new FromTaskManager.SubtaskEnded(
                        CommonCodec.decode(message.getEnded().getSubtask()));
            case MESSAGE_NOT_SET -> throw Decoding.unset("a message of a TaskManager");
        });
    }

    public static JobManagerMessage encode(Epoch epoch, ToTaskManager message) {
        JobManagerMessage.Builder wire = JobManagerMessage.newBuilder().setLeaderEpoch(epoch.number());
        message.dispatch(new ToTaskManagerEncoder(wire));
        return wire.build();
    }

    /** @throws io.millrace.common.core.error.MillraceException for a message that no process of this version sends */
    public static ToTaskManager decode(JobManagerMessage message) {
        return Decoding.of("a message of the JobManager", () -> switch (message.getMessageCase()) {
            case REGISTERED -> decode(message.getRegistered());
            case REFUSED ->
                new ToTaskManager.Refused(
                        CommonCodec.decode(message.getRefused().getProblem()),
                        message.getRefused().getPermanent());
            case HEARTBEAT_ACK ->
                new ToTaskManager.HeartbeatAck(message.getHeartbeatAck().getSequence());
            case DEPLOY ->
                new ToTaskManager.Deploy(
                        DeploymentCodec.decode(message.getDeploy().getDeployment()));
            case START ->
                new ToTaskManager.Start(
                        CommonCodec.decodeSubtasks(message.getStart().getSubtasksList()));
            case CANCEL ->
                new ToTaskManager.Cancel(
                        CommonCodec.decodeSubtasks(message.getCancel().getSubtasksList()));
            case FORGET ->
                new ToTaskManager.Forget(
                        CommonCodec.decodeSubtasks(message.getForget().getSubtasksList()));
            case RESULT_ACK -> decode(message.getResultAck());
            case FENCED -> new ToTaskManager.Fenced(decode(message.getFenced()));
            case SHUTDOWN -> new ToTaskManager.Shutdown(message.getShutdown().getReason());
            case TRIGGER_CHECKPOINT -> CheckpointCodec.decode(message.getTriggerCheckpoint());
            case CHECKPOINT_COMPLETED -> CheckpointCodec.decode(message.getCheckpointCompleted());
            case CHECKPOINT_ABORTED -> CheckpointCodec.decode(message.getCheckpointAborted());
            case MESSAGE_NOT_SET -> throw Decoding.unset("a message of the JobManager");
        });
    }

    private static FromTaskManager.Register decode(GatewayProto.Register register) {
        return new FromTaskManager.Register(
                register.getProtocolVersion(),
                register.getClusterId(),
                DeploymentCodec.address(
                        register.getId(), register.getIncarnation(), register.getHost(), register.getDataPort()),
                register.getSlots(),
                register.getVersion(),
                register.getTasksList().stream().map(ReportCodec::decode).toList());
    }

    private static FromTaskManager.OutputLines decode(GatewayProto.OutputLines output) {
        return new FromTaskManager.OutputLines(
                CommonCodec.decode(output.getSubtask()),
                output.getOperator(),
                output.getOperatorName(),
                output.getStandardError(),
                output.getLinesList(),
                output.getFirstLine());
    }

    private static FromTaskManager.ResultBatch decode(GatewayProto.ResultBatch results) {
        return new FromTaskManager.ResultBatch(
                CommonCodec.decode(results.getSubtask()),
                results.getOperator(),
                results.getSequence(),
                GraphCodec.decode(results.getBatch()));
    }

    private static ToTaskManager.Registered decode(GatewayProto.Registered registered) {
        return new ToTaskManager.Registered(
                registered.getClusterId(),
                registered.getHeartbeatIntervalMs(),
                registered.getHeartbeatTimeoutMs(),
                registered.getResultWindow());
    }

    private static ToTaskManager.ResultAck decode(GatewayProto.ResultAck ack) {
        return new ToTaskManager.ResultAck(
                CommonCodec.decode(ack.getSubtask()), ack.getOperator(), ack.getNextSequence());
    }

    private static Epoch decode(CommonProto.Fenced fenced) {
        return new Epoch(fenced.getCurrentEpoch());
    }
}
