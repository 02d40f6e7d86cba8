package io.millrace.common.rpc.codec;

import io.millrace.common.graph.status.JobDetails.OperatorDetails;
import io.millrace.common.graph.status.JobDetails.SubtaskDetails;
import io.millrace.common.graph.status.JobDetails.VertexDetails;
import io.millrace.proto.control.DispatcherProto;

/** The vertices of a job as clients are shown them. */
final class VertexStatusCodec {

    private VertexStatusCodec() {}

    static DispatcherProto.VertexDetails encode(VertexDetails vertex) {
        DispatcherProto.VertexDetails.Builder wire = DispatcherProto.VertexDetails.newBuilder()
                .setId(vertex.id())
                .setName(vertex.name())
                .setParallelism(vertex.parallelism())
                .setMaxParallelism(vertex.maxParallelism())
                .setBusyShare(vertex.busyShare())
                .setBackPressuredShare(vertex.backPressuredShare())
                .addAllInputs(vertex.inputs());
        vertex.operators().forEach(operator -> wire.addOperators(encode(operator)));
        vertex.subtasks().forEach(subtask -> wire.addSubtasks(encode(subtask)));
        return wire.build();
    }

    static VertexDetails decode(DispatcherProto.VertexDetails vertex) {
        return new VertexDetails(
                vertex.getId(),
                vertex.getName(),
                vertex.getParallelism(),
                vertex.getMaxParallelism(),
                vertex.getOperatorsList().stream()
                        .map(VertexStatusCodec::decode)
                        .toList(),
                vertex.getSubtasksList().stream().map(VertexStatusCodec::decode).toList(),
                vertex.getBusyShare(),
                vertex.getBackPressuredShare(),
                vertex.getInputsList());
    }

    private static DispatcherProto.OperatorDetails encode(OperatorDetails operator) {
        DispatcherProto.OperatorDetails.Builder wire = DispatcherProto.OperatorDetails.newBuilder()
                .setId(operator.id())
                .setName(operator.name())
                .setPlace(operator.place())
                .setRecordsIn(operator.recordsIn())
                .setRecordsOut(operator.recordsOut());
        Long watermark = operator.currentWatermark();
        if (watermark != null) {
            wire.setCurrentWatermark(watermark);
        }
        return wire.build();
    }

    private static OperatorDetails decode(DispatcherProto.OperatorDetails operator) {
        return new OperatorDetails(
                operator.getId(),
                operator.getName(),
                operator.getPlace(),
                operator.getRecordsIn(),
                operator.getRecordsOut(),
                operator.hasCurrentWatermark() ? operator.getCurrentWatermark() : null);
    }

    private static DispatcherProto.SubtaskDetails encode(SubtaskDetails subtask) {
        DispatcherProto.SubtaskDetails.Builder wire = DispatcherProto.SubtaskDetails.newBuilder()
                .setIndex(subtask.index())
                .setAttempt(subtask.attempt())
                .setState(CommonCodec.encode(subtask.state()))
                .setTaskManager(subtask.taskManager())
                .setSlot(subtask.slot())
                .setBusyShare(subtask.busyShare())
                .setBackPressuredShare(subtask.backPressuredShare())
                .setRecordsIn(subtask.recordsIn())
                .setRecordsOut(subtask.recordsOut());
        Long watermark = subtask.currentWatermark();
        if (watermark != null) {
            wire.setCurrentWatermark(watermark);
        }
        return wire.build();
    }

    private static SubtaskDetails decode(DispatcherProto.SubtaskDetails subtask) {
        return new SubtaskDetails(
                subtask.getIndex(),
                subtask.getAttempt(),
                CommonCodec.decode(subtask.getState()),
                subtask.getTaskManager(),
                subtask.getSlot(),
                subtask.getBusyShare(),
                subtask.getBackPressuredShare(),
                subtask.getRecordsIn(),
                subtask.getRecordsOut(),
                subtask.hasCurrentWatermark() ? subtask.getCurrentWatermark() : null);
    }
}
