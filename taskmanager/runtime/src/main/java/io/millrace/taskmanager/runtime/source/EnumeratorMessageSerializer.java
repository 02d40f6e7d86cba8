package io.millrace.taskmanager.runtime.source;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.graph.OpaqueBytes;

/** A kind of one byte, the reader, then what the kind holds; {@code docs/protocol/elements.md} has the table. */
public final class EnumeratorMessageSerializer extends TypeSerializer<Object> {
    static final int ASSIGNMENT = 1;
    static final int NO_MORE_SPLITS = 2;
    static final int EVENT = 3;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Object copy(Object value) {
        return value;
    }

    @Override
    public void serialize(Object value, BinaryWriter out) {
        EnumeratorMessage message = (EnumeratorMessage) value;
        if (message instanceof EnumeratorMessage.Assignment assignment) {
            out.writeByte(ASSIGNMENT);
            out.writeInt(assignment.reader());
            out.writeInt(assignment.version());
            write(assignment.split(), out);
        } else if (message instanceof EnumeratorMessage.Event event) {
            out.writeByte(EVENT);
            out.writeInt(event.reader());
            write(event.event(), out);
        } else {
            out.writeByte(NO_MORE_SPLITS);
            out.writeInt(message.reader());
        }
    }

    @Override
    public Object deserialize(BinaryReader in) {
        int kind = in.readByte();
        int reader = in.readInt();
        return switch (kind) {
            case ASSIGNMENT -> new EnumeratorMessage.Assignment(reader, in.readInt(), read(in));
            case NO_MORE_SPLITS -> new EnumeratorMessage.NoMoreSplits(reader);
            case EVENT -> new EnumeratorMessage.Event(reader, read(in));
            default -> throw new IndexOutOfBoundsException("No enumerator message of kind " + kind);
        };
    }

    private static void write(OpaqueBytes opaque, BinaryWriter out) {
        byte[] bytes = opaque.array();
        out.writeVarInt(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static OpaqueBytes read(BinaryReader in) {
        int length = in.readVarInt();
        if (length < 0 || length > in.remaining()) {
            throw new IndexOutOfBoundsException("Needs " + length + " bytes, has " + in.remaining());
        }
        byte[] bytes = new byte[length];
        in.read(bytes, 0, length);
        return new OpaqueBytes(bytes);
    }
}
