package io.millrace.taskmanager.network.wire;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.network.NetworkErrors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of one connection, in order. A frame that a sink does not expect ends the connection: that is what
 * the methods do that it leaves out. Every method may throw a {@link MillraceException}, which ends the connection too.
 */
public interface FrameSink {

    default void onHello(Hello hello) {
        throw unexpected(FrameType.HELLO);
    }

    default void onOpen(int handle, ChannelId channel) {
        throw unexpected(FrameType.OPEN);
    }

    /**
     * A data frame begins.
     *
     * @param urgent whether the sender wants an acknowledgement at once
     * @return where its payload goes, from index 0; null to drop it. {@link #onDataEnd} follows when it is complete
     */
    default byte @Nullable [] onData(int handle, long sequence, int payloadBytes, boolean urgent) {
        throw unexpected(FrameType.DATA);
    }

    /** The payload that the last {@link #onData} announced is complete. */
    default void onDataEnd(int payloadBytes) {
        throw unexpected(FrameType.DATA);
    }

    default void onCredit(int handle, long limit) {
        throw unexpected(FrameType.CREDIT);
    }

    default void onAcknowledge(long frames) {
        throw unexpected(FrameType.ACKNOWLEDGE);
    }

    default void onBackEvent(int handle, long sequence, byte[] event) {
        throw unexpected(FrameType.BACK_EVENT);
    }

    default void onBackCredit(int handle, long consumedBytes) {
        throw unexpected(FrameType.BACK_CREDIT);
    }

    default void onClose(int handle, long frames) {
        throw unexpected(FrameType.CLOSE);
    }

    default void onStop(int handle) {
        throw unexpected(FrameType.STOP);
    }

    default void onPing() {
        throw unexpected(FrameType.PING);
    }

    default void onRefuse(String code, String text) {
        throw unexpected(FrameType.REFUSE);
    }

    private static MillraceException unexpected(FrameType type) {
        return Problem.of(NetworkErrors.UNEXPECTED_FRAME, "A frame " + type + " is not expected at this point")
                .asException();
    }
}
