package io.millrace.jobmanager.control.resource;

import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.Register;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import io.millrace.jobmanager.control.contract.ControlSettings.Timing;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Session;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One TaskManager process from its registration until it is lost. */
final class RegisteredTaskManager {
    private final PeerAddress address;
    private final String version;
    private final long registeredAtEpochMs;
    private final SlotTable slots;

    private @Nullable Session session;
    private long lastHeartbeatNanos;
    private long disconnectedAtNanos;

    RegisteredTaskManager(Register register, Session session, Moment now) {
        this.address = register.address();
        this.version = register.version();
        this.registeredAtEpochMs = now.epochMs();
        this.slots = new SlotTable(register.slots());
        this.session = session;
        this.lastHeartbeatNanos = now.nanos();
    }

    PeerAddress address() {
        return address;
    }

    SlotTable slots() {
        return slots;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    void connected(Session newSession, Moment now) {
        session = newSession;
        lastHeartbeatNanos = now.nanos();
    }

    void disconnected(Moment now) {
        session = null;
        disconnectedAtNanos = now.nanos();
    }

    void heartbeat(Moment now) {
        lastHeartbeatNanos = now.nanos();
    }

    /** Moves both deadlines: the time was lost on this side, not on the TaskManager's. */
    void forgive(long nanos) {
        lastHeartbeatNanos += nanos;
        disconnectedAtNanos += nanos;
    }

    /** When it is lost unless it is heard of before. */
    long deadlineNanos(Timing timing) {
        long silence = lastHeartbeatNanos + timing.heartbeatTimeoutNanos();
        return session != null ? silence : Math.min(silence, disconnectedAtNanos + timing.reconnectGraceNanos());
    }

    TaskManagerDetails details(Moment now) {
        long silentMs = TimeUnit.NANOSECONDS.toMillis(now.nanos() - lastHeartbeatNanos);
        return new TaskManagerDetails(
                address, slots.total(), slots.free(), version, registeredAtEpochMs, silentMs, session != null);
    }
}
