package io.millrace.taskmanager.network.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.taskmanager.network.wire.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a link writes to a connection that takes everything at once, as the kernel does while it has room. */
class LinkOutboundTest {
    private static final int EVENT_BYTES = 1_000;
    private static final int EVENTS = 10;

    private final LinkOutbound outbound = new LinkOutbound(new LoopCounters());
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter() {
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                outbound.flush();
            }
        }
    });

    @AfterEach
    void everythingIsReleased() {
        channel.finishAndReleaseAll();
        outbound.release();
    }

    @Test
    void moreFramesThanTheWaterMarkHoldsGoOutWithOneFlushWhileTheConnectionTakesThem() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(EVENT_BYTES, 2 * EVENT_BYTES));
        outbound.connect(channel, 0);
        for (int i = 0; i < EVENTS; i++) {
            outbound.enqueueBackEvent(0, i, new byte[EVENT_BYTES]);
        }

        outbound.flush();

        for (int i = 0; i < EVENTS; i++) {
            ByteBuf frame = channel.readOutbound();
            assertThat(frame).as("frame " + i).isNotNull();
            // length, type, handle, sequence
            assertThat(frame.getByte(4)).isEqualTo((byte) FrameType.BACK_EVENT.code());
            assertThat(frame.getLong(9)).isEqualTo(i);
            frame.release();
        }
        outbound.acknowledged(EVENTS);
        ByteBuf more = channel.readOutbound();
        assertThat(more).isNull();
    }

    // On a thread of its own: a flush that finds something due which it never writes would not end.
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Test
    void anAcknowledgementIsWrittenOnceThereIsSomethingToAcknowledge() {
        outbound.connect(channel, 0);
        outbound.acknowledgeSoon();
        outbound.flush();
        ByteBuf nothing = channel.readOutbound();
        assertThat(nothing).isNull();

        outbound.received(EVENT_BYTES);
        outbound.flush();
        ByteBuf acknowledgement = channel.readOutbound();
        assertThat(acknowledgement).isNotNull();
        assertThat(acknowledgement.getByte(4)).isEqualTo((byte) FrameType.ACKNOWLEDGE.code());
        assertThat(acknowledgement.getLong(5)).isEqualTo(1);
        acknowledgement.release();
        outbound.flush();
        ByteBuf more = channel.readOutbound();
        assertThat(more).isNull();
    }
}
