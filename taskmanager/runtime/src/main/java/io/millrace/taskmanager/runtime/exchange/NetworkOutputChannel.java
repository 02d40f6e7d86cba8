package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.SendChannel;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a channel between processes. Elements are written into a staging area and leave it in frames, cut
 * between elements unless one is larger than a frame. What the receiver has given no credit for stays staged and puts
 * the brake on.
 */
final class NetworkOutputChannel extends OutputChannel {
    private static final int INITIAL_BYTES = 1 << 10;
    /** A staging area that grew beyond this many frames is given back once it is empty. */
    private static final int KEPT_FRAMES = 4;

    private final SendChannel channel;
    private final TypeSerializer<Object> serializer;
    private final OperatorScope scope;
    private final int maxFrame;

    private BinaryWriter staging = new BinaryWriter(INITIAL_BYTES);
    /** Bytes before it were sent. */
    private int head;
    /** Beyond it there is more than a frame: {@code head + maxFrame}. */
    private int frameEnd;

    private int stagedRecords;

    /** @param scope the operator whose elements these are, for errors */
    NetworkOutputChannel(Brake brake, SendChannel channel, TypeSerializer<Object> serializer, OperatorScope scope) {
        super(brake);
        this.channel = channel;
        this.serializer = serializer;
        this.scope = scope;
        this.maxFrame = channel.maxPayloadBytes();
        this.frameEnd = maxFrame;
    }

    @Override
    public void element(Object value, long timestamp) {
        BinaryWriter out = staging;
        int start = out.position();
        out.writeInt(0);
        int kind = ElementFormat.RECORD;
        if (timestamp != Output.NO_TIMESTAMP) {
            kind = ElementFormat.TIMESTAMPED_RECORD;
            out.writeLong(timestamp);
        }
        try {
            serializer.serialize(value, out);
        } catch (RuntimeException e) {
            throw scope.notWritable(value, e);
        }
        int length = out.position() - start - ElementFormat.HEADER_BYTES;
        if (length > ElementFormat.MAX_LENGTH) {
            throw tooLarge(value, length);
        }
        out.setInt(start, ElementFormat.header(kind, length));
        stagedRecords++;
        if (out.position() > frameEnd) {
            overfull(start);
        }
    }

    @Override
    public void control(Control control, long timestamp) {
        BinaryWriter out = staging;
        int start = out.position();
        out.writeInt(ElementFormat.header(ElementFormat.kindOf(control), ElementFormat.controlLength(control)));
        if (control.isNumbered()) {
            out.writeLong(timestamp);
        }
        if (out.position() > frameEnd) {
            overfull(start);
        }
    }

    /** More than a frame is staged since the element that starts at {@code lastStart} was added. */
    private void overfull(int lastStart) {
        int length = staging.position() - lastStart;
        if (!isBlocked() && lastStart > head && channel.canSend()) {
            send(lastStart);
        }
        sendFullFrames();
        if (isBlocked()) {
            overflowed(length);
        }
    }

    private boolean sendFullFrames() {
        boolean sent = false;
        while (staging.position() - head > maxFrame && channel.canSend()) {
            send(head + maxFrame);
            sent = true;
        }
        setBlocked(staging.position() - head > maxFrame);
        compact();
        return sent;
    }

    private void send(int end) {
        channel.send(staging.bytes(), head, end - head);
        count(stagedRecords, end - head);
        stagedRecords = 0;
        head = end;
    }

    /** Moves what is left to the front, but only once that moves no more bytes than were sent. */
    private void compact() {
        int rest = staging.position() - head;
        if (rest == 0 && staging.bytes().length > KEPT_FRAMES * maxFrame) {
            staging = new BinaryWriter(INITIAL_BYTES);
            head = 0;
        } else if (rest <= head) {
            staging.discardFirst(head);
            head = 0;
        }
        frameEnd = head + maxFrame;
    }

    @Override
    public boolean flush() {
        boolean sent = drain();
        if (staging.position() > head && !isBlocked() && channel.canSend()) {
            send(staging.position());
            compact();
            sent = true;
        }
        return sent;
    }

    @Override
    public boolean drain() {
        return isBlocked() && sendFullFrames();
    }

    @Override
    public boolean isEmpty() {
        return staging.position() == head;
    }

    @Override
    public byte @Nullable [] pollBackEvent() {
        return channel.pollBackEvent();
    }

    @Override
    public @Nullable Problem failure() {
        return channel.failure();
    }

    @Override
    public void close() {
        channel.close();
    }

    private RuntimeException tooLarge(Object value, int length) {
        return scope.failed(scope.problem(
                        RuntimeErrors.RECORD_TOO_LARGE,
                        "An element of " + value.getClass().getName() + " takes " + length + " bytes")
                .because("an exchange carries at most " + ElementFormat.MAX_LENGTH + " bytes per element")
                .fix("Send a reference to the content instead of the content, or split the element"));
    }
}
