package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.wire.FrameType;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.millrace.taskmanager.network.wire.Hello;
import io.millrace.taskmanager.network.wire.Node;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer made of a plain blocking socket, which says what a test wants it to say: for breaking the rules of the
 * protocol.
 */
final class RawPeer implements AutoCloseable {
    static final int PAYLOAD_BYTES = 256;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private @Nullable Frame greeting;

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** One frame as it was read. */
    record Frame(FrameType type, ByteBuf body) {

        /** For a REFUSE: its code. */
        String code() {
            return body.getCharSequence(2, body.getUnsignedShort(0), StandardCharsets.UTF_8)
                    .toString();
        }
    }

    static RawPeer dial(PeerAddress address) {
        try {
            return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), address.dataPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawPeer accept(ServerSocket server) {
        try {
            server.setSoTimeout(PATIENCE_MILLIS);
            return new RawPeer(server.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hello of a well-behaved peer {@code from} in a new session. */
    static Hello hello(String from, PeerAddress to, Hello.Session session) {
        return new Hello("test", node(from), new Node(to.taskManager(), to.incarnation()), PAYLOAD_BYTES, session);
    }

    /** The answer of a well-behaved peer {@code from} to the first dial of {@code to}. */
    static Hello answer(PeerAddress to, String from, int payloadBytes) {
        Node receiver = new Node(to.taskManager(), to.incarnation());
        return new Hello("test", node(from), receiver, payloadBytes, new Hello.Session(1, false, 0));
    }

    static Node node(String name) {
        return new Node(new TaskManagerId(name), new Incarnation(1));
    }

    static PeerAddress address(String name, int port) {
        return new PeerAddress(new TaskManagerId(name), new Incarnation(1), "127.0.0.1", port);
    }

    /** Dials and exchanges hellos as {@code from} in a first session. */
    static RawPeer greeted(String from, PeerAddress to) {
        return greeted(from, to, new Hello.Session(1, false, 0));
    }

    /** Dials and exchanges hellos as {@code from}; {@link #greeting} tells the answer. */
    static RawPeer greeted(String from, PeerAddress to, Hello.Session session) {
        RawPeer peer = dial(to);
        peer.write(out -> FrameWriter.hello(out, hello(from, to, session)));
        peer.greeting = peer.read(FrameType.HELLO);
        return peer;
    }

    /** What the other side said it had received, in its hello. */
    long receivedByOther() {
        // magic, version, payload size, session, whether it resumes
        return Objects.requireNonNull(greeting).body().getLong(4 + 2 + 4 + 8 + 1);
    }

    void write(Consumer<ByteBuf> frames) {
        ByteBuf out = Unpooled.buffer();
        frames.accept(out);
        writeBytes(ByteBufUtil.getBytes(out));
    }

    void writeBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closed) {
            // The other side has closed, which the test reads from the other direction.
        }
    }

    void data(int handle, long sequence, int length) {
        write(out -> {
            FrameWriter.dataHeader(out, false, handle, sequence, length);
            out.writeZero(length);
        });
    }

    /** The next frame, or null at the end of the connection. */
    @Nullable
    Frame readAny() {
        try {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            ByteBuf body = Unpooled.wrappedBuffer(bytes);
            int code = body.readUnsignedByte();
            for (FrameType type : FrameType.values()) {
                if (type.code() == code) {
                    return new Frame(type, body.slice());
                }
            }
            throw new AssertionError("Unknown frame type " + code);
        } catch (EOFException | SocketException end) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads up to the next frame of a type. */
    Frame read(FrameType type) {
        for (Frame frame = readAny(); frame != null; frame = readAny()) {
            if (frame.type() == type) {
                return frame;
            }
        }
        throw new AssertionError("The connection ended before a frame " + type);
    }

    /** Reads up to the end of the connection. @return the code it was refused with, or "" */
    String readToEnd() {
        String code = "";
        for (Frame frame = readAny(); frame != null; frame = readAny()) {
            if (frame.type() == FrameType.REFUSE) {
                code = frame.code();
            }
        }
        return code;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
