package io.millrace.jobmanager.server.metadata;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GraphCodec;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import io.millrace.proto.metadata.MetadataProto;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Entries of the metadata log to and from bytes. What bytes must not say is an {@link IllegalArgumentException}. */
final class EntryCodec {
    private static final String KIND = "CHECKPOINT_KIND_";

    private EntryCodec() {}

    static byte[] encode(LogEntry entry) {
        MetadataProto.Entry.Builder wire = MetadataProto.Entry.newBuilder().setJob(CommonCodec.encode(entry.job()));
        if (entry instanceof LogEntry.Submitted submitted) {
            submitted
                    .origin()
                    .ifPresentOrElse(
                            origin -> wire.setSubmittedFrom(MetadataProto.SubmittedFrom.newBuilder()
                                    .setSubmitted(encode(submitted))
                                    .setOrigin(encode(origin))),
                            () -> wire.setSubmitted(encode(submitted)));
        } else if (entry instanceof LogEntry.RunStarted started) {
            wire.setRunStarted(
                    MetadataProto.RunStarted.newBuilder().setRun(started.run()).setIdsEnd(started.idsEnd()));
        } else if (entry instanceof LogEntry.IdsReserved reserved) {
            wire.setIdsReserved(MetadataProto.IdsReserved.newBuilder().setEnd(reserved.end()));
        } else if (entry instanceof LogEntry.Completed completed) {
            wire.setCompleted(encode(completed));
        } else if (entry instanceof LogEntry.Ended ended) {
            wire.setEnded(encode(ended));
        } else {
            wire.setCleaned(MetadataProto.Cleaned.getDefaultInstance());
        }
        return wire.build().toByteArray();
    }

    static LogEntry decode(ByteBuffer bytes) {
        MetadataProto.Entry wire;
        try {
            wire = MetadataProto.Entry.parseFrom(bytes);
            JobId job = CommonCodec.decode(wire.getJob());
            return switch (wire.getKindCase()) {
                case SUBMITTED -> decode(job, wire.getSubmitted(), Optional.empty());
                case SUBMITTED_FROM ->
                    decode(
                            job,
                            wire.getSubmittedFrom().getSubmitted(),
                            Optional.of(decode(wire.getSubmittedFrom().getOrigin())));
                case RUN_STARTED ->
                    new LogEntry.RunStarted(
                            job,
                            wire.getRunStarted().getRun(),
                            wire.getRunStarted().getIdsEnd());
                case IDS_RESERVED ->
                    new LogEntry.IdsReserved(job, wire.getIdsReserved().getEnd());
                case COMPLETED -> decode(job, wire.getCompleted());
                case ENDED -> decode(job, wire.getEnded());
                case CLEANED -> new LogEntry.Cleaned(job);
                case KIND_NOT_SET -> throw new IllegalArgumentException("an entry of an unknown kind");
            };
        } catch (InvalidProtocolBufferException | MillraceException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static MetadataProto.Ended encode(LogEntry.Ended ended) {
        MetadataProto.Ended.Builder wire = MetadataProto.Ended.newBuilder()
                .setStatus(CommonCodec.encode(ended.status()))
                .setAtEpochMs(ended.atEpochMs())
                .addAllKept(ended.kept());
        ended.failure().ifPresent(failure -> wire.setFailure(CommonCodec.encode(failure)));
        return wire.build();
    }

    private static LogEntry decode(JobId job, MetadataProto.Ended wire) {
        return new LogEntry.Ended(
                job,
                CommonCodec.decode(wire.getStatus()),
                wire.getAtEpochMs(),
                wire.getKeptList(),
                wire.hasFailure() ? Optional.of(CommonCodec.decode(wire.getFailure())) : Optional.empty());
    }

    private static MetadataProto.Completed encode(LogEntry.Completed completed) {
        CheckpointPointer pointer = completed.pointer();
        return MetadataProto.Completed.newBuilder()
                .setCheckpoint(pointer.checkpoint())
                .setRun(pointer.run())
                .setKind(MetadataProto.CheckpointKind.valueOf(KIND + pointer.kind()))
                .setPlace(pointer.place())
                .addAllSubsumed(completed.subsumed())
                .build();
    }

    private static LogEntry decode(JobId job, MetadataProto.Completed wire) {
        if (wire.getKind() == MetadataProto.CheckpointKind.UNRECOGNIZED) {
            throw new IllegalArgumentException("a checkpoint of an unknown kind");
        }
        CheckpointKind kind = CheckpointKind.valueOf(wire.getKind().name().substring(KIND.length()));
        return new LogEntry.Completed(
                job,
                new CheckpointPointer(wire.getCheckpoint(), wire.getRun(), kind, wire.getPlace()),
                wire.getSubsumedList());
    }

    private static MetadataProto.Submitted encode(LogEntry.Submitted submitted) {
        return MetadataProto.Submitted.newBuilder()
                .setGraph(GraphCodec.encode(submitted.graph()))
                .setPlace(submitted.place())
                .setAtEpochMs(submitted.atEpochMs())
                .build();
    }

    private static LogEntry decode(JobId job, MetadataProto.Submitted wire, Optional<RestoreOrigin> origin) {
        return new LogEntry.Submitted(
                job, GraphCodec.decode(wire.getGraph()), wire.getPlace(), wire.getAtEpochMs(), origin);
    }

    private static MetadataProto.Origin encode(RestoreOrigin origin) {
        return MetadataProto.Origin.newBuilder()
                .setWriter(CommonCodec.encode(origin.writer()))
                .setCheckpoint(origin.checkpoint())
                .setPlace(origin.place())
                .addAllDropped(origin.dropped())
                .build();
    }

    private static RestoreOrigin decode(MetadataProto.Origin wire) {
        return new RestoreOrigin(
                CommonCodec.decode(wire.getWriter()), wire.getCheckpoint(), wire.getPlace(), wire.getDroppedList());
    }
}
