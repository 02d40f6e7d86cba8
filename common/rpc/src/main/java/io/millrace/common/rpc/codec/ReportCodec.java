package io.millrace.common.rpc.codec;

import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.OperatorProgress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.proto.control.CommonProto;
import io.millrace.proto.control.GatewayProto;
import org.jspecify.annotations.Nullable;

/** What a TaskManager reports of its tasks. */
final class ReportCodec {

    private ReportCodec() {}

    static GatewayProto.TaskReport encode(TaskReport report) {
        GatewayProto.TaskReport.Builder wire = GatewayProto.TaskReport.newBuilder()
                .setSubtask(CommonCodec.encode(report.subtask()))
                .setJobName(report.jobName())
                .setVertexName(report.vertexName())
                .setSlot(report.slot())
                .setState(CommonCodec.encode(report.state()));
        Failure failure = report.failure();
        if (failure != null) {
            wire.setFailure(CommonCodec.encode(failure));
        }
        return wire.build();
    }

    static TaskReport decode(GatewayProto.TaskReport report) {
        ExecutionState state = CommonCodec.decode(report.getState());
        return new TaskReport(
                CommonCodec.decode(report.getSubtask()),
                report.getJobName(),
                report.getVertexName(),
                report.getSlot(),
                state,
                failure(state, report.hasFailure(), report.getFailure()));
    }

    static GatewayProto.SubtaskStateChanged encode(SubtaskStateChanged change) {
        GatewayProto.SubtaskStateChanged.Builder wire = GatewayProto.SubtaskStateChanged.newBuilder()
                .setSubtask(CommonCodec.encode(change.subtask()))
                .setState(CommonCodec.encode(change.state()));
        Failure failure = change.failure();
        if (failure != null) {
            wire.setFailure(CommonCodec.encode(failure));
        }
        return wire.build();
    }

    static SubtaskStateChanged decode(GatewayProto.SubtaskStateChanged change) {
        ExecutionState state = CommonCodec.decode(change.getState());
        return new SubtaskStateChanged(
                CommonCodec.decode(change.getSubtask()),
                state,
                failure(state, change.hasFailure(), change.getFailure()));
    }

    static GatewayProto.TaskProgress encode(TaskProgress progress) {
        GatewayProto.TaskProgress.Builder wire = GatewayProto.TaskProgress.newBuilder()
                .setSubtask(CommonCodec.encode(progress.subtask()))
                .setBusyShare(progress.busyShare())
                .setBackPressuredShare(progress.backPressuredShare())
                .setAwaitedCheckpoint(progress.awaitedCheckpoint());
        progress.operators().forEach(operator -> wire.addOperators(encode(operator)));
        return wire.build();
    }

    static TaskProgress decode(GatewayProto.TaskProgress progress) {
        return new TaskProgress(
                CommonCodec.decode(progress.getSubtask()),
                progress.getBusyShare(),
                progress.getBackPressuredShare(),
                progress.getAwaitedCheckpoint(),
                progress.getOperatorsList().stream().map(ReportCodec::decode).toList());
    }

    private static GatewayProto.OperatorProgress encode(OperatorProgress operator) {
        GatewayProto.OperatorProgress.Builder wire = GatewayProto.OperatorProgress.newBuilder()
                .setOperator(operator.operator())
                .setRecordsIn(operator.recordsIn())
                .setRecordsOut(operator.recordsOut());
        Long watermark = operator.currentWatermark();
        if (watermark != null) {
            wire.setCurrentWatermark(watermark);
        }
        return wire.build();
    }

    private static OperatorProgress decode(GatewayProto.OperatorProgress operator) {
        return new OperatorProgress(
                operator.getOperator(),
                operator.getRecordsIn(),
                operator.getRecordsOut(),
                operator.hasCurrentWatermark() ? operator.getCurrentWatermark() : null);
    }

    private static @Nullable Failure failure(ExecutionState state, boolean present, CommonProto.Failure failure) {
        Decoding.require(
                present == (state == ExecutionState.FAILED),
                "a task's state",
                state + (present ? " with a failure" : " without a failure"));
        return present ? CommonCodec.decode(failure) : null;
    }
}
