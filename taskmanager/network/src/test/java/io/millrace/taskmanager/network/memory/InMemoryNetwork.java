package io.millrace.taskmanager.network.memory;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.NetworkSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Data planes that reach each other through memory. Nothing moves by itself: each {@link #step} delivers one message,
 * of a channel and direction drawn from the seed, in order within it. So a seed is a schedule, and more orders occur
 * than one TCP connection would show. Single-threaded; the same calls with the same seed do the same.
 */
public final class InMemoryNetwork {
    private final Random random;
    private final Map<TaskManagerId, InMemoryDataPlane> planes = new LinkedHashMap<>();
    private final Map<ChannelId, Pipe> pipes = new HashMap<>();
    private final List<Lane> busy = new ArrayList<>();
    private final Set<Set<TaskManagerId>> cut = new HashSet<>();
    private int nextPort = 1;

    public InMemoryNetwork(long seed) {
        this.random = new Random(seed);
    }

    /** Starts the data plane of one TaskManager. An earlier one of the same TaskManager must have been closed. */
    public InMemoryDataPlane start(Identity self, NetworkSettings.Buffers sizes, MemoryBudget budget) {
        PeerAddress address = new PeerAddress(self.taskManager(), self.incarnation(), "memory", nextPort++);
        InMemoryDataPlane plane = new InMemoryDataPlane(this, address, sizes, budget);
        InMemoryDataPlane before = planes.put(self.taskManager(), plane);
        if (before != null && !before.isClosed()) {
            throw new IllegalStateException("TaskManager " + self.taskManager() + " runs already");
        }
        return plane;
    }

    /** Delivers one message. @return false if none is on its way */
    public boolean step() {
        if (busy.isEmpty()) {
            return false;
        }
        int chosen = random.nextInt(busy.size());
        Lane lane = busy.get(chosen);
        Runnable message = lane.remove();
        if (lane.isEmpty()) {
            busy.set(chosen, busy.get(busy.size() - 1));
            busy.remove(busy.size() - 1);
        }
        message.run();
        return true;
    }

    /** Delivers messages, also those that the delivered ones cause, until none is on its way. */
    public void deliverAll() {
        boolean more = true;
        while (more) {
            more = step();
        }
    }

    /** The connection of two TaskManagers is lost and comes back: channels go on, nothing is lost or doubled. */
    public void lose(TaskManagerId one, TaskManagerId other) {
        plane(one).reconnected();
        plane(other).reconnected();
    }

    /**
     * The connection of two TaskManagers is lost for good: its channels fail, and new ones fail too until
     * {@link #heal}.
     */
    public void cut(TaskManagerId one, TaskManagerId other) {
        cut.add(Set.of(one, other));
        Problem problem = Problem.of(
                NetworkErrors.CONNECTION_LOST, "The connection between " + one + " and " + other + " was lost");
        for (Pipe pipe : List.copyOf(pipes.values())) {
            if (pipe.joins(one, other)) {
                fail(pipe, problem);
            }
        }
    }

    /** Lets two TaskManagers reach each other again, for channels opened from now on. */
    public void heal(TaskManagerId one, TaskManagerId other) {
        cut.remove(Set.of(one, other));
    }

    private InMemoryDataPlane plane(TaskManagerId id) {
        InMemoryDataPlane plane = planes.get(id);
        if (plane == null) {
            throw new IllegalArgumentException("No TaskManager " + id);
        }
        return plane;
    }

    // --- For the data planes

    Pipe open(ChannelId id, TaskManagerId producer, TaskManagerId consumer) {
        return pipes.computeIfAbsent(id, absent -> new Pipe(id, producer, consumer));
    }

    /** Whether a new end finds no peer: the two are cut off, or the peer's process is another one or gone. */
    boolean isUnreachable(TaskManagerId self, PeerAddress peer) {
        InMemoryDataPlane there = planes.get(peer.taskManager());
        return cut.contains(Set.of(self, peer.taskManager()))
                || there == null
                || there.isClosed()
                || !there.address().incarnation().equals(peer.incarnation());
    }

    void post(Lane lane, Runnable message) {
        if (lane.isCut()) {
            return;
        }
        if (lane.isEmpty()) {
            busy.add(lane);
        }
        lane.add(message);
    }

    void fail(Pipe pipe, Problem problem) {
        busy.remove(pipe.forth);
        busy.remove(pipe.back);
        pipe.fail(problem);
        forget(pipe);
    }

    void forget(Pipe pipe) {
        pipes.remove(pipe.id, pipe);
    }

    /** The sending ends that are open at a data plane. */
    Stream<InMemorySend> sendersAt(TaskManagerId id) {
        return pipes.values().stream()
                .map(pipe -> pipe.sender)
                .flatMap(Stream::ofNullable)
                .filter(end -> end.belongsTo(id));
    }

    /** The receiving ends that are open at a data plane. */
    Stream<InMemoryReceive> receiversAt(TaskManagerId id) {
        return pipes.values().stream()
                .map(pipe -> pipe.receiver)
                .flatMap(Stream::ofNullable)
                .filter(end -> end.belongsTo(id));
    }

    /** A process ends its data plane: its channels fail on both sides. */
    void closed(InMemoryDataPlane plane) {
        Problem here = Problem.of(
                NetworkErrors.DATA_PLANE_CLOSED, "The data plane of TaskManager " + plane.id() + " is closed");
        Problem there = Problem.of(NetworkErrors.PEER_REFUSED, "TaskManager " + plane.id() + " closed its data plane");
        for (Pipe pipe : List.copyOf(pipes.values())) {
            if (pipe.touches(plane.id())) {
                pipe.failAt(plane.id(), here);
                fail(pipe, there);
            }
        }
    }
}
