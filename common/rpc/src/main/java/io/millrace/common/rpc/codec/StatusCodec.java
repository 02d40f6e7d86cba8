package io.millrace.common.rpc.codec;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import io.millrace.proto.control.DispatcherProto;
import java.util.EnumMap;
import java.util.Map;

/** What clients are shown. */
public final class StatusCodec {
    private static final EnumCodec<CheckpointStatus, DispatcherProto.CheckpointStatus> CHECKPOINT_STATUSES =
            new EnumCodec<>("CHECKPOINT_STATUS_", CheckpointStatus.class, DispatcherProto.CheckpointStatus.class);

    private StatusCodec() {}

    public static DispatcherProto.JobSummary encode(JobSummary summary) {
        DispatcherProto.JobSummary.Builder wire = DispatcherProto.JobSummary.newBuilder()
                .setJob(CommonCodec.encode(summary.job()))
                .setName(summary.name())
                .setStatus(CommonCodec.encode(summary.status()))
                .setSubmittedAtEpochMs(summary.submittedAtEpochMs())
                .setEndedAtEpochMs(summary.endedAtEpochMs());
        summary.subtasks()
                .forEach((state, count) -> wire.addSubtasks(DispatcherProto.StateCount.newBuilder()
                        .setState(CommonCodec.encode(state))
                        .setCount(count)));
        return wire.build();
    }

    public static JobSummary decode(DispatcherProto.JobSummary summary) {
        Map<ExecutionState, Integer> subtasks = new EnumMap<>(ExecutionState.class);
        summary.getSubtasksList()
                .forEach(count -> subtasks.put(CommonCodec.decode(count.getState()), count.getCount()));
        return new JobSummary(
                CommonCodec.decode(summary.getJob()),
                summary.getName(),
                CommonCodec.decode(summary.getStatus()),
                summary.getSubmittedAtEpochMs(),
                summary.getEndedAtEpochMs(),
                subtasks);
    }

    public static DispatcherProto.JobDetails encode(JobDetails details) {
        DispatcherProto.JobDetails.Builder wire = DispatcherProto.JobDetails.newBuilder()
                .setSummary(encode(details.summary()))
                .setRun(details.run())
                .setStatusSinceEpochMs(details.statusSinceEpochMs())
                .setSlotsNeeded(details.slotsNeeded())
                .setSlotsAvailable(details.slotsAvailable())
                .setRestarts(details.restarts().count())
                .setRestartsWaitsFor(details.restarts().waitsFor())
                .setOriginPath(details.origin().path())
                .addAllOriginDropped(details.origin().dropped())
                .addAllFailures(CommonCodec.encodeFailures(details.failures()));
        details.vertices().forEach(vertex -> wire.addVertices(VertexStatusCodec.encode(vertex)));
        return wire.build();
    }

    public static JobDetails decode(DispatcherProto.JobDetails details) {
        return new JobDetails(
                decode(details.getSummary()),
                details.getRun(),
                details.getStatusSinceEpochMs(),
                details.getSlotsNeeded(),
                details.getSlotsAvailable(),
                new JobDetails.Restarts(details.getRestarts(), details.getRestartsWaitsFor()),
                new JobDetails.Origin(details.getOriginPath(), details.getOriginDroppedList()),
                CommonCodec.decodeFailures(details.getFailuresList()),
                details.getVerticesList().stream()
                        .map(VertexStatusCodec::decode)
                        .toList());
    }

    public static DispatcherProto.CheckpointSummary encode(CheckpointSummary summary) {
        DispatcherProto.CheckpointSummary.Builder wire = DispatcherProto.CheckpointSummary.newBuilder()
                .setCheckpoint(summary.checkpoint())
                .setRun(summary.run())
                .setKind(CommonCodec.encode(summary.kind()))
                .setStatus(CHECKPOINT_STATUSES.encode(summary.status()))
                .setTriggeredAtEpochMs(summary.cost().triggeredAtEpochMs())
                .setDurationMs(summary.cost().durationMs())
                .setStateBytes(summary.cost().stateBytes())
                .setWrittenBytes(summary.cost().writtenBytes())
                .setAlignmentMs(summary.cost().alignmentMs())
                .setInFlightBytes(summary.cost().inFlightBytes())
                .setSubtask(summary.subtask())
                .setPath(summary.path());
        Problem cause = summary.cause();
        if (cause != null) {
            wire.setCause(CommonCodec.encode(cause));
        }
        return wire.build();
    }

    public static CheckpointSummary decode(DispatcherProto.CheckpointSummary wire) {
        return new CheckpointSummary(
                wire.getCheckpoint(),
                wire.getRun(),
                CommonCodec.decode(wire.getKind()),
                CHECKPOINT_STATUSES.decode(wire.getStatus()),
                new CheckpointSummary.Cost(
                        wire.getTriggeredAtEpochMs(),
                        wire.getDurationMs(),
                        wire.getAlignmentMs(),
                        wire.getStateBytes(),
                        wire.getInFlightBytes(),
                        wire.getWrittenBytes()),
                wire.getSubtask(),
                wire.hasCause() ? CommonCodec.decode(wire.getCause()) : null,
                wire.getPath());
    }

    public static DispatcherProto.PrintedLines encode(PrintedLines lines) {
        return DispatcherProto.PrintedLines.newBuilder()
                .setVertex(lines.vertex())
                .setOperator(lines.operator())
                .setSubtask(lines.subtask())
                .setStandardError(lines.standardError())
                .addAllLines(lines.lines())
                .setDroppedBefore(lines.droppedBefore())
                .build();
    }

    public static PrintedLines decode(DispatcherProto.PrintedLines lines) {
        return new PrintedLines(
                lines.getVertex(),
                lines.getOperator(),
                lines.getSubtask(),
                lines.getStandardError(),
                lines.getLinesList(),
                lines.getDroppedBefore());
    }

    public static DispatcherProto.JobEnd encode(JobEnd end) {
        return DispatcherProto.JobEnd.newBuilder()
                .setStatus(CommonCodec.encode(end.status()))
                .addAllFailures(CommonCodec.encodeFailures(end.failures()))
                .setSubmittedAtEpochMs(end.submittedAtEpochMs())
                .setEndedAtEpochMs(end.endedAtEpochMs())
                .build();
    }

    public static JobEnd decode(DispatcherProto.JobEnd end) {
        return new JobEnd(
                CommonCodec.decode(end.getStatus()),
                CommonCodec.decodeFailures(end.getFailuresList()),
                end.getSubmittedAtEpochMs(),
                end.getEndedAtEpochMs());
    }

    public static DispatcherProto.GetClusterStatusResponse encode(ClusterStatus status) {
        DispatcherProto.GetClusterStatusResponse.Builder wire = DispatcherProto.GetClusterStatusResponse.newBuilder()
                .setLeaderEpoch(status.leaderEpoch().number())
                .setClusterId(status.clusterId())
                .setVersion(status.version())
                .setStartedAtEpochMs(status.startedAtEpochMs())
                .setSlotsTotal(status.slotsTotal())
                .setSlotsFree(status.slotsFree())
                .setJobsLive(status.liveJobs());
        status.taskManagers().forEach(taskManager -> wire.addTaskManagers(encode(taskManager)));
        return wire.build();
    }

    public static ClusterStatus decode(DispatcherProto.GetClusterStatusResponse status) {
        return new ClusterStatus(
                new Epoch(status.getLeaderEpoch()),
                status.getClusterId(),
                status.getVersion(),
                status.getStartedAtEpochMs(),
                status.getTaskManagersList().stream().map(StatusCodec::decode).toList(),
                status.getJobsLive());
    }

    private static DispatcherProto.TaskManagerDetails encode(TaskManagerDetails taskManager) {
        return DispatcherProto.TaskManagerDetails.newBuilder()
                .setId(taskManager.address().taskManager().name())
                .setIncarnation(taskManager.address().incarnation().number())
                .setHost(taskManager.address().host())
                .setDataPort(taskManager.address().dataPort())
                .setSlotsTotal(taskManager.slotsTotal())
                .setSlotsFree(taskManager.slotsFree())
                .setVersion(taskManager.version())
                .setRegisteredAtEpochMs(taskManager.registeredAtEpochMs())
                .setMillisSinceHeartbeat(taskManager.millisSinceHeartbeat())
                .setConnected(taskManager.connected())
                .build();
    }

    private static TaskManagerDetails decode(DispatcherProto.TaskManagerDetails taskManager) {
        return new TaskManagerDetails(
                new PeerAddress(
                        new TaskManagerId(taskManager.getId()),
                        new Incarnation(taskManager.getIncarnation()),
                        taskManager.getHost(),
                        taskManager.getDataPort()),
                taskManager.getSlotsTotal(),
                taskManager.getSlotsFree(),
                taskManager.getVersion(),
                taskManager.getRegisteredAtEpochMs(),
                taskManager.getMillisSinceHeartbeat(),
                taskManager.getConnected());
    }
}
