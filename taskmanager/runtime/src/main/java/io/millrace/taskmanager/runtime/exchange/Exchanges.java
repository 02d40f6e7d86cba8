package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.OperatorScope;

/**
 * Makes the channel ends of one task: rings where the peer is in this process, frames elsewhere.
 *
 * @param dataPlane to other processes
 * @param localChannels inside this one
 * @param signal wakes the task's slot
 * @param brake stops the task while an output has no room
 * @param credits frames that may wait on an incoming network channel
 * @param objectReuse whether mutable elements are shared instead of copied
 */
public record Exchanges(
        DataPlane dataPlane,
        LocalChannels localChannels,
        Signal signal,
        Brake brake,
        int credits,
        boolean objectReuse) {

    /** The receiving end of a channel; opened at once. */
    public InputChannel input(
            ChannelId id, PeerAddress producer, TypeSerializer<Object> serializer, OperatorScope scope) {
        if (isLocal(producer)) {
            return new LocalInputChannel(localChannels, id, signal);
        }
        return new NetworkInputChannel(
                dataPlane.openReceive(id, producer, credits, signal), id, serializer.duplicate(), scope);
    }

    /** The sending end of a channel, to be opened when the task starts. */
    public OutputChannel output(
            ChannelId id, PeerAddress consumer, TypeSerializer<Object> serializer, OperatorScope scope) {
        if (isLocal(consumer)) {
            boolean shared = objectReuse || serializer.isImmutableType();
            return new LocalOutputChannel(brake, localChannels, id, signal, shared ? null : serializer.duplicate());
        }
        return new NetworkOutputChannel(brake, dataPlane.openSend(id, consumer, signal), serializer.duplicate(), scope);
    }

    private boolean isLocal(PeerAddress peer) {
        return peer.incarnation().equals(dataPlane.address().incarnation());
    }
}
