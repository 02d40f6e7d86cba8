package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.ChannelStatistics;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of one network channel in a test's hand: frames wait until they are read, credit is what the test gives.
 */
final class ByteLane {
    private final int frameBytes;
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private final ByteArrayOutputStream everything = new ByteArrayOutputStream();
    private int credit;
    private int lent;

    ByteLane(int frameBytes, int credit) {
        this.frameBytes = frameBytes;
        this.credit = credit;
    }

    void giveCredit(int more) {
        credit += more;
    }

    /** Puts a frame on the lane that no sender wrote. */
    void inject(byte[] frame) {
        frames.add(frame.clone());
    }

    /** All bytes ever sent. */
    byte[] sent() {
        return everything.toByteArray();
    }

    int waitingFrames() {
        return frames.size();
    }

    /** Frames polled and not released. */
    int lentFrames() {
        return lent;
    }

    SendChannel sender() {
        return new SendChannel() {
            @Override
            public int maxPayloadBytes() {
                return frameBytes;
            }

            @Override
            public boolean canSend() {
                return credit > 0;
            }

            @Override
            public void send(byte[] bytes, int offset, int length) {
                if (credit == 0 || length < 1 || length > frameBytes) {
                    throw new IllegalStateException(length + " bytes with credit " + credit);
                }
                credit--;
                frames.add(Arrays.copyOfRange(bytes, offset, offset + length));
                everything.write(bytes, offset, length);
            }

            @Override
            public byte @Nullable [] pollBackEvent() {
                return null;
            }

            @Override
            public boolean receiverClosed() {
                return false;
            }

            @Override
            public @Nullable Problem failure() {
                return null;
            }

            @Override
            public ChannelStatistics statistics() {
                return new ChannelStatistics(0, 0, credit);
            }

            @Override
            public void close() {}
        };
    }

    ReceiveChannel receiver() {
        return new ReceiveChannel() {
            @Override
            public @Nullable Chunk poll() {
                byte[] frame = frames.poll();
                if (frame == null) {
                    return null;
                }
                Chunk chunk = new Chunk(Math.max(frameBytes, frame.length));
                System.arraycopy(frame, 0, chunk.bytes(), 0, frame.length);
                chunk.fill(frame.length);
                lent++;
                return chunk;
            }

            @Override
            public boolean hasNext() {
                return !frames.isEmpty();
            }

            @Override
            public void release(Chunk chunk) {
                chunk.empty();
                lent--;
            }

            @Override
            public void sendBack(byte[] event) {}

            @Override
            public boolean ended() {
                return false;
            }

            @Override
            public @Nullable Problem failure() {
                return null;
            }

            @Override
            public ChannelStatistics statistics() {
                return new ChannelStatistics(0, 0, 0);
            }

            @Override
            public void close() {}
        };
    }
}
