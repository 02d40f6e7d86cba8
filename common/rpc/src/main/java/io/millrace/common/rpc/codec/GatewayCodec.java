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
    /** Both ends of a gateway stream must have the same; raised with every change that an older build would misread. */
    public static final int PROTOCOL_VERSION = 1;

    private GatewayCodec() {}

    public static TaskManagerMessage encode(Epoch epoch, FromTaskManager message) {
        TaskManagerMessage.Builder wire = TaskManagerMessage.newBuilder().setLeaderEpoch(epoch.number());
        if (message instanceof FromTaskManager.Register register) {
            wire.setRegister(encode(register));
        } else if (message instanceof FromTaskManager.Heartbeat heartbeat) {
            GatewayProto.Heartbeat.Builder part =
                    GatewayProto.Heartbeat.newBuilder().setSequence(heartbeat.sequence());
            heartbeat.tasks().forEach(task -> part.addTasks(ReportCodec.encode(task)));
            wire.setHeartbeat(part);
        } else if (message instanceof FromTaskManager.SubtaskStateChanged change) {
            wire.setStateChanged(ReportCodec.encode(change));
        } else if (message instanceof FromTaskManager.OutputLines output) {
            wire.setOutput(encode(output));
        } else if (message instanceof FromTaskManager.ResultBatch results) {
            wire.setResults(encode(results));
        } else if (message instanceof FromTaskManager.Leaving leaving) {
            wire.setLeaving(GatewayProto.Leaving.newBuilder().setReason(leaving.reason()));
        } else if (message instanceof FromTaskManager.Fenced fenced) {
            wire.setFenced(encode(fenced.current()));
        }
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
            case MESSAGE_NOT_SET -> throw Decoding.unset("a message of a TaskManager");
        });
    }

    public static JobManagerMessage encode(Epoch epoch, ToTaskManager message) {
        JobManagerMessage.Builder wire = JobManagerMessage.newBuilder().setLeaderEpoch(epoch.number());
        if (message instanceof ToTaskManager.Registered registered) {
            wire.setRegistered(encode(registered));
        } else if (message instanceof ToTaskManager.Refused refused) {
            wire.setRefused(GatewayProto.Refused.newBuilder()
                    .setProblem(CommonCodec.encode(refused.problem()))
                    .setPermanent(refused.permanent()));
        } else if (message instanceof ToTaskManager.HeartbeatAck ack) {
            wire.setHeartbeatAck(GatewayProto.HeartbeatAck.newBuilder().setSequence(ack.sequence()));
        } else if (message instanceof ToTaskManager.Deploy deploy) {
            wire.setDeploy(GatewayProto.Deploy.newBuilder().setDeployment(DeploymentCodec.encode(deploy.deployment())));
        } else if (message instanceof ToTaskManager.Start start) {
            wire.setStart(GatewayProto.Start.newBuilder().addAllSubtasks(CommonCodec.encode(start.subtasks())));
        } else if (message instanceof ToTaskManager.Cancel cancel) {
            wire.setCancel(GatewayProto.Cancel.newBuilder().addAllSubtasks(CommonCodec.encode(cancel.subtasks())));
        } else if (message instanceof ToTaskManager.Forget forget) {
            wire.setForget(GatewayProto.Forget.newBuilder().addAllSubtasks(CommonCodec.encode(forget.subtasks())));
        } else if (message instanceof ToTaskManager.ResultAck ack) {
            wire.setResultAck(encode(ack));
        } else if (message instanceof ToTaskManager.Fenced fenced) {
            wire.setFenced(encode(fenced.current()));
        } else if (message instanceof ToTaskManager.Shutdown shutdown) {
            wire.setShutdown(GatewayProto.Shutdown.newBuilder().setReason(shutdown.reason()));
        }
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
            case MESSAGE_NOT_SET -> throw Decoding.unset("a message of the JobManager");
        });
    }

    private static GatewayProto.Register encode(FromTaskManager.Register register) {
        GatewayProto.Register.Builder wire = GatewayProto.Register.newBuilder()
                .setProtocolVersion(register.protocolVersion())
                .setId(register.address().taskManager().name())
                .setIncarnation(register.address().incarnation().number())
                .setHost(register.address().host())
                .setDataPort(register.address().dataPort())
                .setSlots(register.slots())
                .setVersion(register.version());
        register.tasks().forEach(task -> wire.addTasks(ReportCodec.encode(task)));
        return wire.build();
    }

    private static FromTaskManager.Register decode(GatewayProto.Register register) {
        return new FromTaskManager.Register(
                register.getProtocolVersion(),
                DeploymentCodec.address(
                        register.getId(), register.getIncarnation(), register.getHost(), register.getDataPort()),
                register.getSlots(),
                register.getVersion(),
                register.getTasksList().stream().map(ReportCodec::decode).toList());
    }

    private static GatewayProto.OutputLines encode(FromTaskManager.OutputLines output) {
        return GatewayProto.OutputLines.newBuilder()
                .setSubtask(CommonCodec.encode(output.subtask()))
                .setOperator(output.operator())
                .setOperatorName(output.operatorName())
                .setStandardError(output.standardError())
                .addAllLines(output.lines())
                .setFirstLine(output.firstLine())
                .build();
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

    private static GatewayProto.ResultBatch encode(FromTaskManager.ResultBatch results) {
        return GatewayProto.ResultBatch.newBuilder()
                .setSubtask(CommonCodec.encode(results.subtask()))
                .setOperator(results.operator())
                .setSequence(results.sequence())
                .setBatch(GraphCodec.encode(results.batch()))
                .setLast(results.last())
                .build();
    }

    private static FromTaskManager.ResultBatch decode(GatewayProto.ResultBatch results) {
        return new FromTaskManager.ResultBatch(
                CommonCodec.decode(results.getSubtask()),
                results.getOperator(),
                results.getSequence(),
                GraphCodec.decode(results.getBatch()),
                results.getLast());
    }

    private static GatewayProto.Registered encode(ToTaskManager.Registered registered) {
        return GatewayProto.Registered.newBuilder()
                .setClusterId(registered.clusterId())
                .setHeartbeatIntervalMs(registered.heartbeatIntervalMs())
                .setHeartbeatTimeoutMs(registered.heartbeatTimeoutMs())
                .setResultWindow(registered.resultWindow())
                .build();
    }

    private static ToTaskManager.Registered decode(GatewayProto.Registered registered) {
        return new ToTaskManager.Registered(
                registered.getClusterId(),
                registered.getHeartbeatIntervalMs(),
                registered.getHeartbeatTimeoutMs(),
                registered.getResultWindow());
    }

    private static GatewayProto.ResultAck encode(ToTaskManager.ResultAck ack) {
        return GatewayProto.ResultAck.newBuilder()
                .setSubtask(CommonCodec.encode(ack.subtask()))
                .setOperator(ack.operator())
                .setNextSequence(ack.nextSequence())
                .build();
    }

    private static ToTaskManager.ResultAck decode(GatewayProto.ResultAck ack) {
        return new ToTaskManager.ResultAck(
                CommonCodec.decode(ack.getSubtask()), ack.getOperator(), ack.getNextSequence());
    }

    private static CommonProto.Fenced encode(Epoch current) {
        return CommonProto.Fenced.newBuilder().setCurrentEpoch(current.number()).build();
    }

    private static Epoch decode(CommonProto.Fenced fenced) {
        return new Epoch(fenced.getCurrentEpoch());
    }
}
