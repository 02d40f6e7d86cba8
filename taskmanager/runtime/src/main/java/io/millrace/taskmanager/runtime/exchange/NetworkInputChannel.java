package io.millrace.taskmanager.runtime.exchange;

import static io.millrace.taskmanager.runtime.exchange.ElementFormat.HEADER_BYTES;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.runtime.stream.BatchBuilder;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a channel between processes: reads frames into batches. An element that spans frames is put
 * together first. Nothing is allocated on the word of a header alone: the assembly grows as bytes arrive.
 */
final class NetworkInputChannel extends InputChannel {
    private final ReceiveChannel channel;
    private final ChannelId id;
    private final TypeSerializer<Object> serializer;
    private final OperatorScope scope;
    private final BinaryReader reader = new BinaryReader();
    private final SpanningElement spanning = new SpanningElement();
    private final BatchBuilder open = new BatchBuilder();

    private @Nullable Chunk chunk;
    private int position;
    private long bytes;

    /** @param scope the operator that reads the channel, for errors */
    NetworkInputChannel(ReceiveChannel channel, ChannelId id, TypeSerializer<Object> serializer, OperatorScope scope) {
        this.channel = channel;
        this.id = id;
        this.serializer = serializer;
        this.scope = scope;
    }

    @Override
    public @Nullable ElementBatch poll() {
        while (open.isEmpty()) {
            Chunk current = chunk;
            if (current == null) {
                current = channel.poll();
                if (current == null) {
                    return null;
                }
                chunk = current;
                position = 0;
                bytes += current.length();
            }
            read(current);
        }
        return open.build();
    }

    /** Reads until the batch is full or the chunk is used up; the chunk is then given back. */
    private void read(Chunk current) {
        byte[] source = current.bytes();
        int end = current.length();
        int at = position;
        while (at < end && !open.isFull()) {
            if (!spanning.isEmpty() || end - at < HEADER_BYTES) {
                at = readSpanning(source, at, end);
                continue;
            }
            reader.reset(source, at, HEADER_BYTES);
            int header = reader.readInt();
            int elementEnd = at + HEADER_BYTES + ElementFormat.length(header);
            if (elementEnd > end) {
                at = readSpanning(source, at, end);
            } else {
                readElement(header, source, at + HEADER_BYTES);
                at = elementEnd;
            }
        }
        position = at;
        if (at == end) {
            chunk = null;
            channel.release(current);
        }
    }

    private int readSpanning(byte[] source, int from, int to) {
        int at = spanning.take(source, from, to);
        if (spanning.isComplete()) {
            readElement(spanning.header(), spanning.bytes(), HEADER_BYTES);
            spanning.clear();
        }
        return at;
    }

    private void readElement(int header, byte[] source, int at) {
        int kind = ElementFormat.kind(header);
        int length = ElementFormat.length(header);
        reader.reset(source, at, length);
        if (kind == ElementFormat.RECORD) {
            open.add(readValue(length), Output.NO_TIMESTAMP);
        } else if (kind == ElementFormat.TIMESTAMPED_RECORD) {
            if (length < ElementFormat.TIMESTAMP_BYTES) {
                throw unreadable("a timestamped element of " + length + " bytes", null);
            }
            long timestamp = reader.readLong();
            open.add(readValue(length), timestamp);
        } else {
            readControl(kind, length);
        }
    }

    private void readControl(int kind, int length) {
        Control control = ElementFormat.controlOf(kind);
        if (control == null || length != ElementFormat.controlLength(control)) {
            throw unreadable("an element of kind " + kind + " with " + length + " bytes", null);
        }
        open.addControl(control, control.isNumbered() ? reader.readLong() : Output.NO_TIMESTAMP);
    }

    private Object readValue(int length) {
        Object value;
        try {
            value = serializer.deserialize(reader);
        } catch (MillraceException e) {
            throw scope.failed(e);
        } catch (RuntimeException e) {
            throw unreadable("an element of " + length + " bytes", e);
        }
        if (reader.remaining() != 0) {
            throw mismatch(length);
        }
        return value;
    }

    @Override
    public void sendBack(byte[] event) {
        channel.sendBack(event);
    }

    @Override
    public @Nullable Problem failure() {
        return channel.failure();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Chunk held = chunk;
        if (held != null) {
            chunk = null;
            channel.release(held);
        }
        channel.close();
    }

    private MillraceException unreadable(String found, @Nullable RuntimeException cause) {
        Problem problem = scope.problem(
                        RuntimeErrors.RECORD_NOT_READABLE, "Channel " + id + " holds " + found + " that cannot be read")
                .because(cause == null ? "the bytes are damaged" : cause.toString())
                .fix("If the type's own code threw this, correct it; otherwise check that all TaskManagers run the same"
                        + " version, and report it");
        return scope.failed(cause == null ? problem.asException() : problem.asException(cause));
    }

    private MillraceException mismatch(int length) {
        return scope.failed(scope.problem(
                        RuntimeErrors.SERIALIZER_MISMATCH,
                        serializer.getClass().getName() + " left " + reader.remaining() + " of " + length
                                + " bytes of an element unread")
                .because("a serializer must read exactly what it wrote; channel " + id)
                .fix("Correct deserialize() of that serializer"));
    }
}
