package io.millrace.taskmanager.network.memory;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.DataPlane;
import io.millrace.taskmanager.network.DataPlaneStatistics;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.millrace.taskmanager.network.SendChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One TaskManager's end of an {@link InMemoryNetwork}. Buffers, credit and memory are counted as the real one counts
 * them.
 */
public final class InMemoryDataPlane implements DataPlane {
    private final InMemoryNetwork network;
    private final PeerAddress address;
    private final NetworkSettings.Buffers sizes;
    private final MemoryBudget budget;
    private final @Nullable MemoryReservation sharedBuffers;
    private final List<MemoryReservation> reservations = new ArrayList<>();
    private int sharedFree;
    private boolean closed;

    long framesSent;
    long bytesSent;
    long framesReceived;
    long bytesReceived;
    long framesDropped;
    long ownInUse;
    private long reconnects;

    InMemoryDataPlane(
            InMemoryNetwork network, PeerAddress address, NetworkSettings.Buffers sizes, MemoryBudget budget) {
        this.network = network;
        this.address = address;
        this.sizes = sizes;
        this.budget = budget;
        this.sharedFree = sizes.sharedSendBuffers();
        this.sharedBuffers = sharedFree == 0
                ? null
                : budget.reserve("network.send", (long) sharedFree * sizes.payloadBytes())
                        .orThrow();
    }

    @Override
    public PeerAddress address() {
        return address;
    }

    @Override
    public SendChannel openSend(ChannelId id, PeerAddress consumer, Signal owner) {
        checkOpen(consumer);
        MemoryReservation own = reserve("network.send", sizes.payloadBytes());
        Pipe pipe = network.open(id, id(), consumer.taskManager());
        Check.argument(pipe.sender == null, "The sending end of " + id + " is open");
        InMemorySend end = new InMemorySend(this, network, pipe, own, owner);
        pipe.sender = end;
        if (network.isUnreachable(id(), consumer)) {
            network.fail(pipe, unreachable(consumer));
        } else {
            network.post(pipe.forth, end::announce);
        }
        return end;
    }

    @Override
    public ReceiveChannel openReceive(ChannelId id, PeerAddress producer, int credits, Signal owner) {
        checkOpen(producer);
        Check.argument(credits >= 2 && credits <= MAX_CREDITS, "A channel has 2 to " + MAX_CREDITS + " credits");
        MemoryReservation memory = reserve("network.receive", (long) credits * sizes.payloadBytes());
        Pipe pipe = network.open(id, producer.taskManager(), id());
        Check.argument(pipe.receiver == null, "The receiving end of " + id + " is open");
        InMemoryReceive end = new InMemoryReceive(this, network, pipe, credits, memory, owner);
        pipe.receiver = end;
        if (network.isUnreachable(id(), producer)) {
            network.fail(pipe, unreachable(producer));
        } else if (pipe.endedEarly) {
            end.senderClosed();
        } else if (pipe.announced) {
            end.match();
        }
        return end;
    }

    private MemoryReservation reserve(String purpose, long bytes) {
        MemoryReservation reservation = budget.reserve(purpose, bytes).orThrow();
        reservations.add(reservation);
        return reservation;
    }

    private void checkOpen(PeerAddress peer) {
        if (closed) {
            throw Problem.of(NetworkErrors.DATA_PLANE_CLOSED, "The data plane of TaskManager " + id() + " is closed")
                    .asException();
        }
        Check.argument(!peer.taskManager().equals(id()), "A channel inside a TaskManager needs no data plane");
    }

    private static Problem unreachable(PeerAddress peer) {
        return Problem.of(NetworkErrors.CONNECT_FAILED, "TaskManager " + peer.taskManager() + " cannot be reached");
    }

    @Override
    public DataPlaneStatistics statistics() {
        return new DataPlaneStatistics(
                framesSent,
                bytesSent,
                framesReceived,
                bytesReceived,
                framesDropped,
                reconnects,
                0,
                0,
                sizes.sharedSendBuffers() - sharedFree + ownInUse,
                network.receiversAt(id())
                        .mapToLong(InMemoryReceive::creditsOutstanding)
                        .sum(),
                network.sendersAt(id()).filter(InMemorySend::isWithoutCredit).count());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        network.closed(this);
        reservations.forEach(MemoryReservation::close);
        if (sharedBuffers != null) {
            sharedBuffers.close();
        }
    }

    // --- For the network and the channel ends

    TaskManagerId id() {
        return address.taskManager();
    }

    boolean isClosed() {
        return closed;
    }

    int payloadBytes() {
        return sizes.payloadBytes();
    }

    void reconnected() {
        reconnects++;
    }

    boolean takeShared() {
        if (sharedFree == 0) {
            return false;
        }
        sharedFree--;
        return true;
    }

    void giveShared() {
        Check.invariant(sharedFree < sizes.sharedSendBuffers(), "a send buffer is given back twice");
        sharedFree++;
    }
}
