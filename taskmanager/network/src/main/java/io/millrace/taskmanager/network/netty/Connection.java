package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.FrameReader;
import io.millrace.taskmanager.network.wire.FrameWriter;
import io.millrace.taskmanager.network.wire.Hello;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection: reads its bytes into frames for the present {@link Conversation}, and ends it with a coded reason
 * when they make no sense. Owned by the event loop that its channel is registered with.
 */
// A write or close that fails ends the channel, which is seen there: its future says nothing new.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long REFUSAL_TIMEOUT_MILLIS = 500;

    private final FrameReader reader;
    private LoopCounters counters;
    private Conversation conversation;
    private @Nullable Channel channel;
    private boolean greeted;
    private boolean refused;
    private boolean readSinceTick;

    /** @param counters of the event loop that the connection begins on */
    Connection(LoopCounters counters, int maxPayloadBytes, Conversation first) {
        this.counters = counters;
        this.conversation = first;
        this.reader = new FrameReader(maxPayloadBytes, first.sink());
    }

    /** Hands the connection to another conversation, from the next frame on. */
    void converse(Conversation next) {
        conversation = next;
        reader.handTo(next.sink());
    }

    Channel channel() {
        Channel present = channel;
        Check.invariant(present != null, "a connection is used before it has a channel");
        return present;
    }

    void sendHello(Hello hello) {
        ByteBuf out = channel().alloc().directBuffer(FrameWriter.MAX_CONTROL_BYTES);
        FrameWriter.hello(out, hello);
        channel().writeAndFlush(out, channel().voidPromise());
    }

    /** The peer has proved to speak this protocol: from here on it is told why it is refused. */
    void greeted() {
        greeted = true;
    }

    /** Whether any bytes came since the last call. */
    boolean takeReadSinceTick() {
        boolean read = readSinceTick;
        readSinceTick = false;
        return read;
    }

    /** The channel was registered with another event loop, whose counters count from here on. */
    void moveTo(LoopCounters ofLoop) {
        counters = ofLoop;
    }

    void close() {
        channel().close();
    }

    /** Closes the connection and tells the peer why, if it was greeted and still listens. */
    void refuse(Problem problem) {
        if (refused) {
            return;
        }
        refused = true;
        counters.refusals.add(1);
        counters.publish();
        LOG.warn(
                "connection peer={} event=refused code={} what=\"{}\"",
                channel().remoteAddress(),
                problem.code(),
                problem.what());
        if (greeted || problem.code().equals(NetworkErrors.WRONG_PROTOCOL_VERSION.name())) {
            ByteBuf out = channel().alloc().directBuffer(FrameWriter.MAX_CONTROL_BYTES);
            FrameWriter.refuse(out, problem);
            channel().writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
            channel().eventLoop().schedule(this::close, REFUSAL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        readSinceTick = true;
        try {
            if (!refused) {
                reader.read(in);
            }
        } catch (MillraceException broken) {
            refuse(broken.problem());
            conversation.onBroken(broken.problem());
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        conversation.onBatchEnd();
        counters.publish();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            conversation.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        conversation.onLost();
        counters.publish();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset or a failed write is handled when the channel is inactive.
        if (!(cause instanceof IOException)) {
            LOG.error("connection peer={} event=failed", context.channel().remoteAddress(), cause);
            Problem bug = Problem.of(NetworkErrors.DATA_PLANE_BUG, "The data plane failed: " + cause);
            refuse(bug);
            conversation.onBroken(bug);
            return;
        }
        context.close();
    }
}
