package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.network.Chunk;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.FrameSink;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of a link that is up to their channels. Frames for closed channels are dropped and counted. Event
 * loop.
 */
final class LinkInbound implements FrameSink {
    private final Link link;
    private final ChannelTable table;
    private final LinkOutbound outbound;
    private final LoopCounters counters;

    private @Nullable ReceiveEnd receiver;
    private @Nullable Chunk filling;
    private boolean acknowledgeThis;
    private @Nullable Problem refusal;

    LinkInbound(Link link, ChannelTable table, LinkOutbound outbound, LoopCounters counters) {
        this.link = link;
        this.table = table;
        this.outbound = outbound;
        this.counters = counters;
    }

    @Override
    public void onOpen(int handle, ChannelId channel) {
        if (!table.announce(handle, channel)) {
            outbound.enqueueStop(handle);
        }
        outbound.received(0);
    }

    @Override
    public byte @Nullable [] onData(int handle, long sequence, int payloadBytes, boolean urgent) {
        // Asked for when the frame is complete: an acknowledgement that goes out before would not be of it.
        acknowledgeThis = urgent;
        ReceiveEnd end = table.receive(handle);
        receiver = end;
        if (end == null) {
            return null;
        }
        Chunk chunk = end.begin(sequence);
        filling = chunk;
        return chunk.bytes();
    }

    @Override
    public void onDataEnd(int payloadBytes) {
        outbound.received(payloadBytes);
        if (acknowledgeThis) {
            outbound.acknowledgeSoon();
        }
        counters.framesReceived.add(1);
        counters.bytesReceived.add(payloadBytes);
        ReceiveEnd end = receiver;
        if (end == null) {
            counters.framesDropped.add(1);
            return;
        }
        Chunk chunk = filling;
        Check.invariant(chunk != null, "a data frame ends that did not begin");
        receiver = null;
        filling = null;
        end.complete(chunk, payloadBytes);
    }

    @Override
    public void onCredit(int handle, long limit) {
        SendEnd end = table.send(handle);
        if (end == null) {
            counters.framesDropped.add(1);
        } else {
            end.grant(limit);
        }
    }

    @Override
    public void onAcknowledge(long frames) {
        outbound.acknowledged(frames);
    }

    @Override
    public void onBackEvent(int handle, long sequence, byte[] event) {
        SendEnd end = table.send(handle);
        if (end == null) {
            counters.framesDropped.add(1);
        } else {
            end.backEvent(sequence, event);
        }
        outbound.received(event.length);
    }

    @Override
    public void onBackCredit(int handle, long consumedBytes) {
        ReceiveEnd end = table.receive(handle);
        if (end == null) {
            counters.framesDropped.add(1);
        } else {
            end.backCredit(consumedBytes);
        }
    }

    @Override
    public void onClose(int handle, long frames) {
        ReceiveEnd end = table.withdraw(handle) ? null : table.receive(handle);
        if (end != null) {
            if (end.framesReceived() != frames) {
                throw Problem.of(
                                NetworkErrors.SEQUENCE_BROKEN,
                                "The peer closes after " + frames + " frames, received " + end.framesReceived())
                        .at(end.id().toString())
                        .asException();
            }
            table.removeReceive(end);
            end.peerClosed();
        }
        outbound.received(0);
    }

    @Override
    public void onStop(int handle) {
        SendEnd end = table.send(handle);
        if (end != null) {
            table.removeSend(end);
            end.peerClosed();
        }
        outbound.received(0);
    }

    @Override
    public void onPing() {
        // Having been read is all that a ping is for.
    }

    @Override
    public void onRefuse(String code, String text) {
        refusal = Problem.of(NetworkErrors.PEER_REFUSED, "TaskManager " + link.peer() + " refused the connection")
                .because(code + ": " + text);
    }

    /** Why the peer is closing the connection, if it said so. */
    @Nullable
    Problem refusal() {
        return refusal;
    }

    /** The connection is gone, perhaps inside a frame. */
    void abandon() {
        if (receiver != null && filling != null) {
            receiver.giveUp();
        }
        receiver = null;
        filling = null;
    }
}
