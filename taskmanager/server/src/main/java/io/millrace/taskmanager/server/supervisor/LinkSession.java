package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;

/**
 * The supervisor's side of the stream to the JobManager: when to open one, whose messages to take, when it is dead.
 * Owned by the supervisor.
 */
final class LinkSession {
    private final ControlLink link;
    private final SupervisorSettings settings;
    private final Published<LinkStatistics> published = new Published<>(LinkStatistics.NONE);

    private LinkState state = LinkState.WAITING;
    private Epoch epoch = new Epoch(0);
    private long attempt;
    private long nextAttemptNanos = Long.MIN_VALUE;
    private long delayNanos;
    private long connectedUntilNanos;

    private long heartbeatIntervalNanos;
    private long heartbeatTimeoutNanos;
    private long nextHeartbeatNanos;
    private long silentSinceNanos;
    private long heartbeatSequence;

    LinkSession(ControlLink link, SupervisorSettings settings, long nowNanos) {
        this.link = link;
        this.settings = settings;
        this.delayNanos = settings.reconnectDelayNanos();
        this.connectedUntilNanos = nowNanos;
    }

    LinkState state() {
        return state;
    }

    Epoch epoch() {
        return epoch;
    }

    /** When a registered stream was there last. */
    long connectedUntilNanos(long nowNanos) {
        return state == LinkState.REGISTERED ? nowNanos : connectedUntilNanos;
    }

    boolean isCurrent(long eventAttempt) {
        return eventAttempt == attempt
                && (state == LinkState.OPENING || state == LinkState.REGISTERING || state == LinkState.REGISTERED);
    }

    /** Opens a stream if one is due. @return whether it did */
    boolean openIfDue(long nowNanos) {
        if (state != LinkState.WAITING || (nextAttemptNanos != Long.MIN_VALUE && nowNanos < nextAttemptNanos)) {
            return false;
        }
        state = LinkState.OPENING;
        attempt++;
        link.open(attempt);
        return true;
    }

    void register(FromTaskManager.Register register) {
        state = LinkState.REGISTERING;
        link.send(epoch, register);
    }

    void registered(Epoch leader, ToTaskManager.Registered answer, long nowNanos) {
        state = LinkState.REGISTERED;
        epoch = leader;
        delayNanos = settings.reconnectDelayNanos();
        heartbeatIntervalNanos = answer.heartbeatIntervalMs() * 1_000_000;
        heartbeatTimeoutNanos = answer.heartbeatTimeoutMs() * 1_000_000;
        nextHeartbeatNanos = nowNanos + heartbeatIntervalNanos;
        silentSinceNanos = nowNanos;
    }

    /** Notes a sign of life. */
    void heard(long nowNanos) {
        silentSinceNanos = nowNanos;
    }

    void send(FromTaskManager message) {
        if (state == LinkState.REGISTERED) {
            link.send(epoch, message);
        }
    }

    /** @return the number of the heartbeat to send now, or -1 */
    long heartbeatDue(long nowNanos) {
        if (state != LinkState.REGISTERED || nowNanos < nextHeartbeatNanos) {
            return -1;
        }
        nextHeartbeatNanos = nowNanos + heartbeatIntervalNanos;
        return nextHeartbeat();
    }

    /** The number of a heartbeat that is sent out of turn. */
    long nextHeartbeat() {
        return heartbeatSequence++;
    }

    boolean isSilentTooLong(long nowNanos) {
        return state == LinkState.REGISTERED && nowNanos - silentSinceNanos > heartbeatTimeoutNanos;
    }

    /** Any thread: how it stood when it was published last. */
    LinkStatistics statistics() {
        return published.read();
    }

    void publish() {
        LinkStatistics now = new LinkStatistics(state == LinkState.REGISTERED, heartbeatSequence);
        if (!now.equals(published.read())) {
            published.publish(now);
        }
    }

    /** The stream is gone or given up: the first new attempt comes at once, later ones with growing delay. */
    void lost(long nowNanos) {
        if (state == LinkState.REGISTERED) {
            connectedUntilNanos = nowNanos;
            nextAttemptNanos = nowNanos;
        } else {
            nextAttemptNanos = nowNanos + delayNanos;
            delayNanos = Math.min(2 * delayNanos, settings.longestReconnectDelayNanos());
        }
        state = LinkState.WAITING;
        link.close();
    }

    void end() {
        state = LinkState.ENDED;
        link.close();
    }

    /** Says goodbye and ends in good order. */
    void leave(String reason) {
        send(new FromTaskManager.Leaving(reason));
        state = LinkState.ENDED;
        link.finish();
    }

    long nextDeadlineNanos() {
        return switch (state) {
            case WAITING -> nextAttemptNanos;
            case REGISTERED -> Math.min(nextHeartbeatNanos, silentSinceNanos + heartbeatTimeoutNanos + 1);
            case OPENING, REGISTERING, ENDED -> Long.MAX_VALUE;
        };
    }
}
