package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.FrameSink;
import io.millrace.taskmanager.network.wire.Hello;
import io.millrace.taskmanager.network.wire.Node;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All channels between this process and one other, over one connection at a time. Outlives the loss of its connection
 * once per loss: the side with the smaller TaskManager id dials again, the other waits, and what was not acknowledged
 * is sent again. When that fails, or the peer breaks the protocol, all channels fail and the link ends. Owned by its
 * reactor's event loop.
 */
final class Link implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    /** No session yet; those of a dialling side count from 1. */
    static final long UNNAMED = 0;

    private static final int SILENT_TICKS = 3;
    private static final Duration ACKNOWLEDGE_DELAY = Duration.ofMillis(5);

    /**
     * Where a link stands. A link without a connection either dials or waits to be dialled, for the first time or
     * again.
     */
    enum State {
        DIALING,
        AWAITING,
        UP,
        REDIALING,
        AWAITING_RETURN,
        ENDED;

        boolean mayBecome(State next) {
            return switch (this) {
                case DIALING, AWAITING, REDIALING, AWAITING_RETURN -> next == UP || next == ENDED;
                case UP -> next == REDIALING || next == AWAITING_RETURN || next == ENDED;
                case ENDED -> false;
            };
        }
    }

    private final Reactor reactor;
    private final Node peer;
    private final @Nullable InetSocketAddress dialAddress;
    private final ChannelTable table;
    private final LinkOutbound outbound;
    private final LinkInbound inbound;

    private State state;
    private long session;
    private @Nullable Connection connection;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> acknowledgeTimer;
    private int silentTicks;

    /**
     * @param dialAddress where the peer is dialled, or null if it is the peer who dials
     * @param session number of the conversation; for a side that waits, {@link #UNNAMED} until the peer has named it
     */
    Link(Reactor reactor, Node peer, @Nullable InetSocketAddress dialAddress, long session) {
        this.reactor = reactor;
        this.peer = peer;
        this.dialAddress = dialAddress;
        this.session = session;
        this.state = dialAddress == null ? State.AWAITING : State.DIALING;
        this.table = new ChannelTable(reactor.settings().limits().channelsPerPeer());
        this.outbound = new LinkOutbound(reactor.counters());
        this.inbound = new LinkInbound(this, table, outbound, reactor.counters());
    }

    Node peer() {
        return peer;
    }

    long session() {
        return session;
    }

    LinkOutbound outbound() {
        return outbound;
    }

    boolean isUp() {
        return state == State.UP;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** What this side says in a hello. */
    Hello.Session sessionSoFar() {
        return new Hello.Session(
                session, state == State.REDIALING || state == State.AWAITING_RETURN, outbound.received());
    }

    /** The peer, who dials, has named the session. */
    void adoptSession(long number) {
        session = number;
    }

    /** Dials, or begins to wait for the peer, unless its connection is there already. */
    void start() {
        if (state == State.DIALING && dialAddress != null) {
            reactor.dial(this, dialAddress);
        } else if (state == State.AWAITING) {
            startTimer(reactor.settings().timeouts().awaitPeer(), () -> peerStayedAway(NetworkErrors.CONNECT_FAILED));
        }
    }

    // --- Channels

    void open(SendEnd end) {
        int handle = table.addSend(end);
        end.attach(this, handle);
        outbound.enqueueOpen(handle, end.id());
    }

    void open(ReceiveEnd end) {
        end.attach(this);
        table.addReceive(end);
    }

    void closeSend(SendEnd end) {
        if (table.removeSend(end)) {
            outbound.enqueueClose(end.handle(), end.framesEnqueued());
        }
    }

    void closeReceive(ReceiveEnd end) {
        if (table.removeReceive(end)) {
            outbound.enqueueStop(end.handle());
        }
    }

    /** Takes the channels out of which the peer has heard nothing yet, to go on with them in another session. */
    ChannelTable.Unmatched takeUnmatched() {
        return table.takeUnmatched();
    }

    /** Sends what is due; called once after a batch of changes. */
    void flush() {
        outbound.flush();
    }

    // --- The connection's callbacks

    @Override
    public FrameSink sink() {
        return inbound;
    }

    @Override
    public void onBatchEnd() {
        outbound.flush();
        if (outbound.hasUnacknowledgedReceipts() && acknowledgeTimer == null) {
            acknowledgeTimer = reactor.schedule(ACKNOWLEDGE_DELAY, this::acknowledgeNow);
        }
    }

    private void acknowledgeNow() {
        acknowledgeTimer = null;
        if (outbound.hasUnacknowledgedReceipts()) {
            outbound.acknowledgeSoon();
            outbound.flush();
        }
    }

    @Override
    public void onWritable() {
        outbound.flush();
    }

    @Override
    public void onBroken(Problem problem) {
        end(problem);
    }

    @Override
    public void onLost() {
        dropConnection();
        if (state == State.ENDED) {
            outbound.release();
        } else if (inbound.refusal() != null) {
            end(inbound.refusal());
        } else {
            // Also without a channel: the peer may have some that wait for theirs here, and needs the session for them.
            LOG.info("link peer={} session={} event=lost", peer, session);
            comeBack();
        }
    }

    private void comeBack() {
        if (dialAddress != null) {
            become(State.REDIALING);
            reactor.dial(this, dialAddress);
        } else {
            become(State.AWAITING_RETURN);
            startTimer(reactor.settings().timeouts().reconnect(), () -> peerStayedAway(NetworkErrors.CONNECTION_LOST));
        }
    }

    // --- Its life

    /** A connection whose hello was exchanged: the link is up. */
    void attach(Connection fresh, long receivedByPeer) {
        boolean again = state == State.REDIALING || state == State.AWAITING_RETURN;
        fresh.converse(this);
        connection = fresh;
        try {
            outbound.connect(fresh.channel(), receivedByPeer);
        } catch (MillraceException disagreement) {
            fresh.refuse(disagreement.problem());
            reactor.counters().connections.add(1);
            end(disagreement.problem());
            return;
        }
        become(State.UP);
        reactor.counters().connections.add(1);
        reactor.counters().reconnects.add(again ? 1 : 0);
        LOG.info("link peer={} session={} event={}", peer, session, again ? "resumed" : "up");
        table.matchedReceives().forEach(ReceiveEnd::announceCredit);
        for (SendEnd end : table.sends()) {
            if (end.backBytesGranted() > 0) {
                outbound.backCreditDue(end);
            }
        }
        silentTicks = 0;
        startTimer(reactor.settings().timeouts().keepAlive(), this::tick);
        outbound.flush();
    }

    /** The peer dialled again although this side has not noticed a loss: the old connection is dead. */
    void replaceConnection() {
        Connection old = connection;
        Check.invariant(old != null, "a link that is up has no connection");
        old.converse(Detached.INSTANCE);
        old.close();
        dropConnection();
        become(State.AWAITING_RETURN);
    }

    /** The one attempt to reach the peer has failed. */
    void dialFailed(Problem problem) {
        if (state == State.REDIALING) {
            end(Problem.of(NetworkErrors.CONNECTION_LOST, "The connection to TaskManager " + peer + " was lost")
                    .because("dialling again failed: " + problem.what() + " " + problem.why())
                    .fix("See that TaskManager's log; the job restarts when it is back or replaced."));
        } else if (state == State.DIALING) {
            end(problem);
        }
    }

    private void peerStayedAway(NetworkErrors code) {
        end(Problem.of(code, "TaskManager " + peer + " did not connect in time")
                .because("the TaskManager with the smaller id dials, and it has not")
                .fix("See that TaskManager's log, and whether it can reach this host's data port."));
    }

    /** Ends the link for good: its channels fail, the connection closes, buffers return. */
    void end(Problem problem) {
        if (state == State.ENDED) {
            return;
        }
        LOG.info("link peer={} session={} event=ended code={} was={}", peer, session, problem.code(), state);
        become(State.ENDED);
        reactor.forget(this);
        stopTimer();
        table.fail(problem);
        Connection last = connection;
        if (last == null) {
            outbound.release();
        } else if (problem.code().equals(NetworkErrors.PEER_REFUSED.name())) {
            last.close();
        } else {
            last.refuse(problem);
        }
        // A dial or a timer may have come to its end here, after which no batch is finished.
        reactor.counters().publish();
    }

    private void dropConnection() {
        connection = null;
        stopTimer();
        outbound.disconnect();
        inbound.abandon();
        reactor.counters().connections.add(-1);
    }

    private void tick() {
        Connection present = connection;
        if (present == null) {
            return;
        }
        silentTicks = present.takeReadSinceTick() ? 0 : silentTicks + 1;
        if (silentTicks >= SILENT_TICKS) {
            LOG.warn("link peer={} session={} event=silent", peer, session);
            present.close();
            return;
        }
        if (!outbound.takeWroteSinceTick()) {
            outbound.ping();
        }
        startTimer(reactor.settings().timeouts().keepAlive(), this::tick);
    }

    private void become(State next) {
        Check.invariant(state.mayBecome(next), "link " + state + " cannot become " + next);
        state = next;
        if (next != State.UP) {
            stopTimer();
        }
    }

    private void startTimer(Duration after, Runnable action) {
        stopTimer();
        timer = reactor.schedule(after, action);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
