package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.MillraceException;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.nio.ByteBuffer;

/** Reads what an {@link InFlightWriter} wrote, its blocks in their order. Used once for each channel of a capture. */
public final class InFlightReader {
    /** Takes what was under way; a {@link Control} among the values is a control element. */
    @FunctionalInterface
    public interface Taker {
        void take(Object value, long timestamp);
    }

    /** The channel that a block is of. */
    public record Origin(int gate, int producer) {
        public static Origin of(ByteBuffer block) {
            BinaryReader in = new BinaryReader();
            in.reset(block.array(), block.arrayOffset() + block.position(), 2 * Integer.BYTES);
            return new Origin(in.readInt(), in.readInt());
        }
    }

    private final TypeSerializer<Object> serializer;
    private final OperatorScope scope;
    private final BinaryReader in = new BinaryReader();

    /** @param serializer as the writer's was when it began */
    public InFlightReader(TypeSerializer<Object> serializer, OperatorScope scope) {
        this.serializer = serializer;
        this.scope = scope;
    }

    /** @throws MillraceException if an element cannot be read */
    public void read(ByteBuffer block, Taker taker) {
        byte[] bytes = block.array();
        int end = block.arrayOffset() + block.limit();
        int at = block.arrayOffset() + block.position() + 2 * Integer.BYTES;
        while (at < end) {
            in.reset(bytes, at, ElementFormat.HEADER_BYTES);
            int header = in.readInt();
            int length = ElementFormat.length(header);
            at += ElementFormat.HEADER_BYTES;
            in.reset(bytes, at, length);
            element(ElementFormat.kind(header), length, taker);
            at += length;
        }
    }

    private void element(int kind, int length, Taker taker) {
        Control control = ElementFormat.controlOf(kind);
        if (control != null) {
            taker.take(control, control.isNumbered() ? in.readLong() : Output.NO_TIMESTAMP);
            return;
        }
        long timestamp = kind == ElementFormat.TIMESTAMPED_RECORD ? in.readLong() : Output.NO_TIMESTAMP;
        Object value;
        try {
            value = serializer.deserialize(in);
        } catch (MillraceException e) {
            throw scope.failed(e);
        } catch (RuntimeException e) {
            throw unreadable(length, e.toString());
        }
        if (in.remaining() != 0) {
            throw unreadable(length, in.remaining() + " bytes are left");
        }
        taker.take(value, timestamp);
    }

    private MillraceException unreadable(int length, String why) {
        return scope.failed(scope.problem(
                        RuntimeErrors.RECORD_NOT_READABLE,
                        "An element of " + length + " bytes that was under way cannot be read")
                .because(why)
                .fix("If the type's own code threw this, correct it; else restore from an earlier checkpoint"));
    }
}
