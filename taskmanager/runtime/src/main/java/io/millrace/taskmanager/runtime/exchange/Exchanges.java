package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

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

    /** Copies elements of this type where they begin to be shared; null if references may be shared. */
    public @Nullable TypeSerializer<Object> copier(TypeSerializer<Object> serializer) {
        return objectReuse || serializer.isImmutableType() ? null : serializer.duplicate();
    }

    /**
     * The sending end of a channel, to be opened when the task starts.
     *
     * @param copier copies elements before they are shared; null if that is done, or not necessary
     */
    public OutputChannel output(
            ChannelId id,
            PeerAddress consumer,
            TypeSerializer<Object> serializer,
            @Nullable TypeSerializer<Object> copier,
            OperatorScope scope) {
        if (isLocal(consumer)) {
            return new LocalOutputChannel(brake, localChannels, id, signal, copier, scope);
        }
        return new NetworkOutputChannel(brake, dataPlane.openSend(id, consumer, signal), serializer.duplicate(), scope);
    }

    private boolean isLocal(PeerAddress peer) {
        return peer.incarnation().equals(dataPlane.address().incarnation());
    }
}
