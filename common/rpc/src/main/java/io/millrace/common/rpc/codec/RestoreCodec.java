package io.millrace.common.rpc.codec;

import io.millrace.common.checkpoint.format.PartCodec;
import io.millrace.common.graph.deployment.OperatorRestore;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.proto.control.GraphProto;
import io.millrace.proto.manifest.ManifestProto;

/** From where a deployed subtask takes up its state. */
final class RestoreCodec {

    private RestoreCodec() {}

    static GraphProto.RestorePoint encode(RestorePoint restore) {
        GraphProto.RestorePoint.Builder wire = GraphProto.RestorePoint.newBuilder()
                .setJob(CommonCodec.encode(restore.job()))
                .setCheckpoint(restore.checkpoint())
                .setPlace(restore.place())
                .setStopped(restore.stopped());
        restore.files().forEach(file -> wire.addFiles(PartCodec.encode(file)));
        restore.operators().forEach(operator -> wire.addOperators(encode(operator)));
        return wire.build();
    }

    static RestorePoint decode(GraphProto.RestorePoint wire) {
        Decoding.require(wire.hasJob(), "a restore point", "no job is set");
        return new RestorePoint(
                CommonCodec.decode(wire.getJob()),
                wire.getCheckpoint(),
                wire.getPlace(),
                wire.getFilesList().stream().map(PartCodec::decode).toList(),
                wire.getOperatorsList().stream().map(RestoreCodec::decode).toList(),
                wire.getStopped());
    }

    private static GraphProto.OperatorRestore encode(OperatorRestore operator) {
        GraphProto.OperatorRestore.Builder wire = GraphProto.OperatorRestore.newBuilder()
                .setOperator(operator.operator())
                .setParallelism(operator.parallelism());
        operator.schemas().forEach(schema -> wire.addSchemas(PartCodec.encode(schema)));
        for (SubtaskSnapshot subtask : operator.subtasks()) {
            ManifestProto.SubtaskSnapshot.Builder parts =
                    wire.addSubtasksBuilder().setIndex(subtask.index());
            subtask.parts().forEach(part -> parts.addParts(PartCodec.encode(part)));
        }
        return wire.build();
    }

    private static OperatorRestore decode(GraphProto.OperatorRestore wire) {
        return new OperatorRestore(
                wire.getOperator(),
                wire.getParallelism(),
                wire.getSchemasList().stream().map(PartCodec::decode).toList(),
                wire.getSubtasksList().stream()
                        .map(subtask -> new SubtaskSnapshot(
                                subtask.getIndex(),
                                subtask.getPartsList().stream()
                                        .map(PartCodec::decode)
                                        .toList()))
                        .toList());
    }
}
