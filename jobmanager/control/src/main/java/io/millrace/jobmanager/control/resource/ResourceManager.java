package io.millrace.jobmanager.control.resource;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.Register;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the registrations and the slots. Decides which process is the TaskManager of a name, when it is dead, and which
 * slots a job gets. Belongs to the control agent.
 */
public final class ResourceManager implements Outbox.Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceManager.class);
    private static final int REMEMBERED_RETIREMENTS = 10_000;

    private final ControlSettings settings;
    private final RegistrationRules rules;
    private final Map<TaskManagerId, RegisteredTaskManager> taskManagers = new TreeMap<>();
    private final Map<Session, RegisteredTaskManager> sessions = new HashMap<>();

    /** Processes that were replaced by another of their name and must not come back, oldest first. */
    private final Map<Incarnation, TaskManagerId> retired = new LinkedHashMap<>();

    private boolean roomChanged;

    public ResourceManager(ControlSettings settings) {
        this.settings = settings;
        this.rules = new RegistrationRules(settings);
    }

    /**
     * A process asks to be a TaskManager of this cluster. Of two processes with one name the one that came later wins.
     *
     * @return the process that it replaces, which is lost by that; empty if there is none or the registration was
     *     refused
     */
    public Optional<TaskManagerLoss> onRegister(Session session, Register register, Moment now, Outbox out) {
        PeerAddress address = register.address();
        Optional<Problem> refusal = rules.check(register);
        if (refusal.isPresent()) {
            LOG.warn(
                    "taskManager={} event=refused code={}",
                    address.taskManager(),
                    refusal.get().code());
            out.toSession(session, new ToTaskManager.Refused(refusal.get(), true));
            out.close(session);
            return Optional.empty();
        }
        if (retired.containsKey(address.incarnation())) {
            out.toSession(session, shutdown(address.taskManager()));
            out.close(session);
            return Optional.empty();
        }
        RegisteredTaskManager known = taskManagers.get(address.taskManager());
        Optional<TaskManagerLoss> replaced = Optional.empty();
        if (known != null && known.address().equals(address) && known.slots().total() == register.slots()) {
            reconnect(known, session, now, out);
        } else {
            if (known != null) {
                replaced = Optional.of(replace(known, out));
            }
            RegisteredTaskManager added = new RegisteredTaskManager(register, session, now);
            taskManagers.put(address.taskManager(), added);
            sessions.put(session, added);
            LOG.info(
                    "taskManager={} event=registered incarnation={} address={}:{} slots={}",
                    address.taskManager(),
                    address.incarnation(),
                    address.host(),
                    address.dataPort(),
                    register.slots());
        }
        ControlSettings.Timing timing = settings.timing();
        out.toSession(
                session,
                new ToTaskManager.Registered(
                        settings.clusterId(),
                        timing.heartbeatIntervalMs(),
                        timing.heartbeatTimeoutMs(),
                        settings.limits().resultWindow()));
        roomChanged = true;
        return replaced;
    }

    /** The TaskManager that speaks on a stream; empty if the stream is not or no longer the one of a TaskManager. */
    public Optional<PeerAddress> taskManagerOf(Session session) {
        return Optional.ofNullable(sessions.get(session)).map(RegisteredTaskManager::address);
    }

    public void onHeartbeat(Session session, long sequence, Moment now, Outbox out) {
        RegisteredTaskManager taskManager = sessions.get(session);
        if (taskManager != null) {
            taskManager.heartbeat(now);
            out.toSession(session, new ToTaskManager.HeartbeatAck(sequence));
        }
    }

    /** A stream ended. Its TaskManager may come back within the grace. */
    public Optional<TaskManagerLoss> onSessionClosed(Session session, String reason, Moment now, Outbox out) {
        RegisteredTaskManager taskManager = sessions.remove(session);
        if (taskManager == null) {
            return Optional.empty();
        }
        taskManager.disconnected(now);
        LOG.warn(
                "taskManager={} event=disconnected reason=\"{}\"",
                taskManager.address().taskManager(),
                reason);
        return settings.timing().reconnectGraceMs() > 0
                ? Optional.empty()
                : Optional.of(lose(taskManager, "Its connection closed: " + reason, out));
    }

    /** A TaskManager says that its process is about to end. */
    public Optional<TaskManagerLoss> onLeaving(Session session, String reason, Outbox out) {
        RegisteredTaskManager taskManager = sessions.get(session);
        return taskManager == null
                ? Optional.empty()
                : Optional.of(lose(taskManager, "It was shut down: " + reason, out));
    }

    /** Finds the TaskManagers that were silent for too long. */
    public List<TaskManagerLoss> onTime(Moment now, Outbox out) {
        List<RegisteredTaskManager> overdue = taskManagers.values().stream()
                .filter(taskManager -> now.reached(taskManager.deadlineNanos(settings.timing())))
                .toList();
        List<TaskManagerLoss> losses = new ArrayList<>();
        for (RegisteredTaskManager taskManager : overdue) {
            String why = taskManager.session().isPresent()
                    ? "No heartbeat for " + settings.timing().heartbeatTimeoutMs() + " ms"
                    : "Its connection closed and it did not come back";
            losses.add(lose(taskManager, why, out));
        }
        return losses;
    }

    /** When {@link #onTime} has something to do; {@code Long.MAX_VALUE}: never. */
    public long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (RegisteredTaskManager taskManager : taskManagers.values()) {
            next = Math.min(next, taskManager.deadlineNanos(settings.timing()));
        }
        return next;
    }

    /** This process stood still for a while: nobody else is to blame for heartbeats that were not read meanwhile. */
    public void forgive(long nanos) {
        taskManagers.values().forEach(taskManager -> taskManager.forgive(nanos));
    }

    /**
     * Gives a job its slots, spread evenly over the TaskManagers and alternating between them.
     *
     * @return as many slots as asked for; empty, and nothing changed, if there are not enough
     */
    public Optional<List<Slot>> allocate(JobId job, int count) {
        if (slotsFree() < count) {
            return Optional.empty();
        }
        List<Slot> slots = new ArrayList<>(count);
        while (slots.size() < count) {
            RegisteredTaskManager next = taskManagers.values().stream()
                    .filter(taskManager -> taskManager.session().isPresent())
                    .filter(taskManager -> taskManager.slots().free() > 0)
                    .min(Comparator.comparingInt(
                                    (RegisteredTaskManager t) -> t.slots().heldBy(job))
                            .thenComparingInt(t -> -t.slots().free()))
                    .orElseThrow(() -> new IllegalStateException("Invariant broken: free slots were counted"));
            slots.add(new Slot(next.address(), next.slots().assign(job)));
        }
        return Optional.of(slots);
    }

    /** Takes back all slots of a job that ended. */
    public void release(JobId job) {
        taskManagers.values().forEach(taskManager -> taskManager.slots().release(job));
        roomChanged = true;
    }

    /** A TaskManager is about to name all tasks that it has; what was known of foreign ones is void. */
    public void clearForeign(PeerAddress address) {
        find(address).ifPresent(taskManager -> taskManager.slots().clearForeign());
    }

    /** A task that no live job of this JobManager placed holds its slot until it is gone. */
    public void holdForeign(PeerAddress address, SubtaskId subtask, int slot) {
        find(address)
                .filter(taskManager -> slot >= 0 && slot < taskManager.slots().total())
                .ifPresent(taskManager -> taskManager.slots().holdForeign(subtask, slot));
    }

    public void releaseForeign(PeerAddress address, SubtaskId subtask) {
        if (find(address).map(t -> t.slots().releaseForeign(subtask)).orElse(false)) {
            roomChanged = true;
        }
    }

    /** Whether slots may have become free since the last call. */
    public boolean takeRoomChanged() {
        boolean changed = roomChanged;
        roomChanged = false;
        return changed;
    }

    /** Slots that a job could have now: those of connected TaskManagers that nobody holds. */
    public int slotsFree() {
        return taskManagers.values().stream()
                .filter(taskManager -> taskManager.session().isPresent())
                .mapToInt(taskManager -> taskManager.slots().free())
                .sum();
    }

    /** How many TaskManagers are registered. */
    public int count() {
        return taskManagers.size();
    }

    public int slotsTotal() {
        return taskManagers.values().stream()
                .mapToInt(taskManager -> taskManager.slots().total())
                .sum();
    }

    /** The job that holds a slot; empty if none does or there is no such slot. */
    public Optional<JobId> holderOf(TaskManagerId taskManager, int slot) {
        return Optional.ofNullable(taskManagers.get(taskManager))
                .flatMap(found -> found.slots().holderOf(slot));
    }

    public List<TaskManagerDetails> details(Moment now) {
        return taskManagers.values().stream()
                .map(taskManager -> taskManager.details(now))
                .toList();
    }

    @Override
    public Optional<Session> sessionOf(PeerAddress address) {
        return find(address).flatMap(RegisteredTaskManager::session);
    }

    private Optional<RegisteredTaskManager> find(PeerAddress address) {
        RegisteredTaskManager taskManager = taskManagers.get(address.taskManager());
        return Optional.ofNullable(taskManager).filter(found -> found.address().equals(address));
    }

    private void reconnect(RegisteredTaskManager known, Session session, Moment now, Outbox out) {
        known.session().filter(old -> !old.equals(session)).ifPresent(old -> {
            sessions.remove(old);
            out.close(old);
        });
        known.connected(session, now);
        sessions.put(session, known);
        LOG.info("taskManager={} event=reconnected", known.address().taskManager());
    }

    private TaskManagerLoss replace(RegisteredTaskManager known, Outbox out) {
        TaskManagerId id = known.address().taskManager();
        retired.put(known.address().incarnation(), id);
        Iterator<Incarnation> oldest = retired.keySet().iterator();
        if (retired.size() > REMEMBERED_RETIREMENTS) {
            oldest.next();
            oldest.remove();
        }
        known.session().ifPresent(session -> out.toSession(session, shutdown(id)));
        return lose(known, "Another process registered under its name", out);
    }

    private static ToTaskManager.Shutdown shutdown(TaskManagerId id) {
        return new ToTaskManager.Shutdown("Another process registered as TaskManager '" + id + "'");
    }

    private TaskManagerLoss lose(RegisteredTaskManager taskManager, String why, Outbox out) {
        PeerAddress address = taskManager.address();
        Check.invariant(taskManagers.get(address.taskManager()) == taskManager, "losing an unknown TaskManager");
        taskManagers.remove(address.taskManager());
        taskManager.session().ifPresent(session -> {
            sessions.remove(session);
            out.close(session);
        });
        LOG.warn("taskManager={} event=lost reason=\"{}\"", address.taskManager(), why);
        Problem problem = Problem.of(
                        ControlError.TASK_MANAGER_LOST,
                        "TaskManager '" + address.taskManager() + "' at " + address.host() + ":" + address.dataPort()
                                + " is lost")
                .because(why)
                .fix("Look at the end of its log; start it again if it is gone, then submit the job again");
        return new TaskManagerLoss(address, problem);
    }
}
