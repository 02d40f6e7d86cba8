package io.millrace.common.checkpoint.format;

import com.google.protobuf.UnsafeByteOperations;
import io.millrace.common.core.error.Check;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.proto.manifest.ManifestProto;

/**
 * Parts, their files and schemas to and from their messages, which manifests and acknowledgements share. What a message
 * must not say is an {@link IllegalArgumentException}.
 */
public final class PartCodec {
    private static final String KIND_PREFIX = "PART_KIND_";

    private PartCodec() {}

    public static ManifestProto.SegmentFile encode(SegmentFile file) {
        return ManifestProto.SegmentFile.newBuilder()
                .setName(file.name())
                .setLength(file.length())
                .setNonce(file.nonce())
                .build();
    }

    public static SegmentFile decode(ManifestProto.SegmentFile wire) {
        return new SegmentFile(wire.getName(), wire.getLength(), wire.getNonce());
    }

    public static ManifestProto.StateSchema encode(StateSchema schema) {
        return ManifestProto.StateSchema.newBuilder()
                .setState(schema.state())
                .setDescription(
                        UnsafeByteOperations.unsafeWrap(schema.description().array()))
                .build();
    }

    public static StateSchema decode(ManifestProto.StateSchema wire) {
        return new StateSchema(
                wire.getState(), new OpaqueBytes(wire.getDescription().toByteArray()));
    }

    public static ManifestProto.StatePart encode(StatePart part) {
        return ManifestProto.StatePart.newBuilder()
                .setKind(
                        ManifestProto.PartKind.valueOf(KIND_PREFIX + part.kind().name()))
                .setState(part.state())
                .setFromGroup(part.fromGroup())
                .setToGroup(part.toGroup())
                .setFile(part.file())
                .setOffset(part.offset())
                .setLength(part.length())
                .setEntries(part.entries())
                .build();
    }

    public static StatePart decode(ManifestProto.StatePart wire) {
        boolean known = wire.getKind() != ManifestProto.PartKind.PART_KIND_UNSPECIFIED
                && wire.getKind() != ManifestProto.PartKind.UNRECOGNIZED;
        Check.argument(known, "A part is of unknown kind " + wire.getKindValue());
        return new StatePart(
                PartKind.valueOf(wire.getKind().name().substring(KIND_PREFIX.length())),
                wire.getState(),
                wire.getFromGroup(),
                wire.getToGroup(),
                wire.getFile(),
                wire.getOffset(),
                wire.getLength(),
                wire.getEntries());
    }
}
