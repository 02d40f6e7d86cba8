package io.millrace.common.rpc.codec;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.proto.control.CommonProto;
import java.util.List;

/** Ids, states, problems and failures. */
public final class CommonCodec {
    private static final EnumCodec<ExecutionState, CommonProto.ExecutionState> STATES =
            new EnumCodec<>("EXECUTION_STATE_", ExecutionState.class, CommonProto.ExecutionState.class);
    private static final EnumCodec<JobStatus, CommonProto.JobStatus> STATUSES =
            new EnumCodec<>("JOB_STATUS_", JobStatus.class, CommonProto.JobStatus.class);
    private static final EnumCodec<CheckpointKind, CommonProto.CheckpointKind> KINDS =
            new EnumCodec<>("CHECKPOINT_KIND_", CheckpointKind.class, CommonProto.CheckpointKind.class);

    private CommonCodec() {}

    public static CommonProto.JobId encode(JobId job) {
        return CommonProto.JobId.newBuilder()
                .setMostSignificant(job.mostSignificant())
                .setLeastSignificant(job.leastSignificant())
                .build();
    }

    public static JobId decode(CommonProto.JobId job) {
        return new JobId(job.getMostSignificant(), job.getLeastSignificant());
    }

    public static CommonProto.SubtaskId encode(SubtaskId subtask) {
        return CommonProto.SubtaskId.newBuilder()
                .setJob(encode(subtask.job()))
                .setRun(subtask.run())
                .setVertex(subtask.vertex())
                .setIndex(subtask.index())
                .setAttempt(subtask.attempt())
                .build();
    }

    public static SubtaskId decode(CommonProto.SubtaskId subtask) {
        boolean sane = subtask.hasJob()
                && subtask.getRun() >= 0
                && subtask.getVertex() >= 0
                && subtask.getIndex() >= 0
                && subtask.getAttempt() >= 0;
        Decoding.require(sane, "a subtask id", "a missing job or a negative number");
        return new SubtaskId(
                decode(subtask.getJob()),
                subtask.getRun(),
                subtask.getVertex(),
                subtask.getIndex(),
                subtask.getAttempt());
    }

    public static List<CommonProto.SubtaskId> encode(List<SubtaskId> subtasks) {
        return subtasks.stream().map(CommonCodec::encode).toList();
    }

    public static List<SubtaskId> decodeSubtasks(List<CommonProto.SubtaskId> subtasks) {
        return subtasks.stream().map(CommonCodec::decode).toList();
    }

    public static CommonProto.ExecutionState encode(ExecutionState state) {
        return STATES.encode(state);
    }

    public static ExecutionState decode(CommonProto.ExecutionState state) {
        return STATES.decode(state);
    }

    public static CommonProto.CheckpointKind encode(CheckpointKind kind) {
        return KINDS.encode(kind);
    }

    public static CheckpointKind decode(CommonProto.CheckpointKind kind) {
        return KINDS.decode(kind);
    }

    public static CommonProto.JobStatus encode(JobStatus status) {
        return STATUSES.encode(status);
    }

    public static JobStatus decode(CommonProto.JobStatus status) {
        return STATUSES.decode(status);
    }

    public static CommonProto.Problem encode(Problem problem) {
        return CommonProto.Problem.newBuilder()
                .setCode(problem.code())
                .setWhat(problem.what())
                .setWhere(problem.where())
                .setWhy(problem.why())
                .setNextStep(problem.nextStep())
                .build();
    }

    public static Problem decode(CommonProto.Problem problem) {
        return new Problem(
                problem.getCode(), problem.getWhat(), problem.getWhere(), problem.getWhy(), problem.getNextStep());
    }

    public static CommonProto.Failure encode(Failure failure) {
        CommonProto.Failure.Builder wire = CommonProto.Failure.newBuilder()
                .setProblem(encode(failure.problem()))
                .setStackTrace(failure.stackTrace())
                .setVertexName(failure.vertexName())
                .setTaskManager(failure.taskManager())
                .setAtEpochMs(failure.atEpochMs())
                .setSuspectedTaskManager(failure.suspectedTaskManager());
        SubtaskId subtask = failure.subtask();
        if (subtask != null) {
            wire.setSubtask(encode(subtask));
        }
        return wire.build();
    }

    public static Failure decode(CommonProto.Failure failure) {
        Decoding.require(failure.hasProblem(), "a failure", "no problem is set");
        return new Failure(
                decode(failure.getProblem()),
                failure.getStackTrace(),
                failure.hasSubtask() ? decode(failure.getSubtask()) : null,
                failure.getVertexName(),
                failure.getTaskManager(),
                failure.getAtEpochMs(),
                failure.getSuspectedTaskManager());
    }

    public static List<Failure> decodeFailures(List<CommonProto.Failure> failures) {
        return failures.stream().map(CommonCodec::decode).toList();
    }

    public static List<CommonProto.Failure> encodeFailures(List<Failure> failures) {
        return failures.stream().map(CommonCodec::encode).toList();
    }

    public static CommonProto.BlobReference encode(BlobReference blob) {
        return CommonProto.BlobReference.newBuilder()
                .setSha256(blob.sha256())
                .setSizeBytes(blob.sizeBytes())
                .setFileName(blob.fileName())
                .build();
    }

    public static BlobReference decode(CommonProto.BlobReference blob) {
        return new BlobReference(blob.getSha256(), blob.getSizeBytes(), blob.getFileName());
    }
}
