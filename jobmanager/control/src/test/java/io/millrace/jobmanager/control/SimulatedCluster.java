package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.ControlSettings.Timing;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A JobManager and model TaskManagers in one thread: a seed draws who is heard next, which tasks end, which streams
 * break, which processes die, hang or are replaced, and what clients ask. Order is kept within a stream and nowhere
 * else.
 */
final class SimulatedCluster {
    private static final int SLOTS = 2;

    private final Random random;
    private final ManualClock clock = new ManualClock(-1_000_000_000L, 1_000);
    private final ControlPlane control;
    private final List<ModelTaskManager> taskManagers = new ArrayList<>();
    private final Map<Session, ModelTaskManager> streams = new LinkedHashMap<>();

    /** On their way, in order within each stream. */
    private final Map<Session, Deque<Event>> toControl = new LinkedHashMap<>();

    private final Map<Session, Deque<ToTaskManager>> toTaskManagers = new LinkedHashMap<>();
    /** What the metadata log and the storage have to say. */
    private final Deque<Event> fromDisk = new ArrayDeque<>();

    private final FakeDisk disk = new FakeDisk(fromDisk::add);
    private final Map<ModelTaskManager, Integer> hanging = new HashMap<>();
    final Map<JobId, JobStatus> statuses = new LinkedHashMap<>();
    private final Map<JobId, JobGraph> graphs = new HashMap<>();
    final List<String> trace = new ArrayList<>();

    /** Ended at the last check: looked at once more, so that an end that is taken back is seen. */
    private final Set<JobId> justEnded = new HashSet<>();

    private boolean faults = true;
    private long sessions;
    private long incarnations;

    SimulatedCluster(long seed) {
        random = new Random(seed);
        ControlSettings settings = new ControlSettings(
                "test",
                "0.1.0",
                new Epoch(7),
                new Timing(500, 2_500, random.nextBoolean() ? 0 : 300, 10_000),
                new Limits(1_000, 5, 100, 100_000, 2));
        control = new ControlPlane(
                settings, disk.services(), clock, new Mailbox<>("none", 2, new Signal()), command -> {});
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            taskManagers.add(new ModelTaskManager(Cluster.address("tm" + i, ++incarnations), SLOTS));
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(1_000);
            if (dice < 100) {
                deliverFromDisk();
            } else if (dice < 300) {
                deliverToControl();
            } else if (dice < 600) {
                deliverToTaskManager();
            } else if (dice < 850) {
                work();
            } else if (dice < 950) {
                tick();
            } else if (dice < 970) {
                ask();
            } else if (dice < 990) {
                connectOne();
            } else {
                disturb();
            }
        }
    }

    /** No more faults; everybody is heard. All jobs are cancelled and nothing may be left anywhere. */
    void heal() {
        faults = false;
        hanging.clear();
        for (int round = 0; round < 100 && !isQuiet(); round++) {
            List.copyOf(taskManagers).forEach(this::connect);
            settle();
            statuses.forEach((job, status) -> {
                if (!status.isTerminal()) {
                    on(new Event.CancelJob(job, answer -> {}));
                }
            });
            settle();
            tick();
        }
        assertThat(statuses.values()).allMatch(JobStatus::isTerminal);
        assertThat(taskManagers).allMatch(taskManager -> taskManager.tasks() == 0);
        assertThat(control.resources().slotsFree()).isEqualTo(SLOTS * taskManagers.size());
        assertThat(control.dispatcher().liveJobs()).isZero();
    }

    private boolean isQuiet() {
        return statuses.values().stream().allMatch(JobStatus::isTerminal)
                && control.resources().slotsFree() == SLOTS * taskManagers.size()
                && taskManagers.stream().allMatch(taskManager -> taskManager.tasks() == 0);
    }

    private void settle() {
        for (int i = 0; i < 40; i++) {
            while (!toControl.isEmpty() || !fromDisk.isEmpty()) {
                deliverFromDisk();
                deliverToControl();
            }
            while (!toTaskManagers.isEmpty()) {
                deliverToTaskManager();
            }
            taskManagers.forEach(taskManager -> taskManager.work(random, false));
        }
    }

    private void deliverFromDisk() {
        Event event = fromDisk.poll();
        if (event != null) {
            on(event);
        }
    }

    private void deliverToControl() {
        Session session = Queues.any(toControl, random);
        if (session != null) {
            on(Queues.take(toControl, session));
        }
    }

    private void deliverToTaskManager() {
        Session session = Queues.any(toTaskManagers, random);
        ModelTaskManager taskManager = session == null ? null : streams.get(session);
        if (session == null || taskManager == null || hanging.containsKey(taskManager)) {
            return;
        }
        Queues.take(toTaskManagers, session).dispatch(taskManager);
        if (taskManager.wasToldToEnd()) {
            kill(taskManager);
        }
    }

    private void work() {
        ModelTaskManager taskManager = anyTaskManager();
        if (!hanging.containsKey(taskManager)) {
            taskManager.work(random, faults);
        }
    }

    private void tick() {
        clock.advance(Duration.ofMillis(100));
        hanging.replaceAll((taskManager, left) -> left - 1);
        hanging.values().removeIf(left -> left <= 0);
        if (random.nextInt(3) == 0) {
            taskManagers.stream()
                    .filter(taskManager -> !hanging.containsKey(taskManager))
                    .forEach(ModelTaskManager::heartbeat);
        }
        Moment now = now();
        if (now.reached(control.nextDeadlineNanos())) {
            control.onTime(now).forEach(Command::execute);
            check();
        }
    }

    private void ask() {
        JobId known = statuses.isEmpty()
                ? new JobId(0, 1)
                : new ArrayList<>(statuses.keySet()).get(random.nextInt(statuses.size()));
        switch (random.nextInt(5)) {
            case 0, 1, 2 -> {
                JobId job = new JobId(0, statuses.size() + 1L);
                int[] widths = {1 + random.nextInt(3), 1 + random.nextInt(4)};
                submit(job, TestGraphs.line("job", widths));
            }
            case 3 -> on(new Event.CancelJob(known, answer -> {}));
            default -> {
                if (graphs.containsKey(known)) {
                    submit(known, graphs.get(known));
                }
            }
        }
    }

    private void submit(JobId job, JobGraph graph) {
        on(new Event.Submit(job, graph, answer -> {
            if (answer instanceof Outcome.Success<JobSummary>) {
                statuses.putIfAbsent(job, JobStatus.CREATED);
            }
        }));
        graphs.put(job, graph);
    }

    private void disturb() {
        ModelTaskManager taskManager = anyTaskManager();
        switch (random.nextInt(4)) {
            case 0, 1 -> breakStream(taskManager);
            case 2 -> {
                kill(taskManager);
                trace.add("killed " + taskManager.address());
            }
            default -> hanging.put(taskManager, 1 + random.nextInt(40));
        }
    }

    /** The process ends; another one comes up under its name. What it had sent may still arrive. */
    private void kill(ModelTaskManager taskManager) {
        breakStream(taskManager);
        hanging.remove(taskManager);
        taskManagers.remove(taskManager);
        String name = taskManager.address().taskManager().name();
        if (taskManagers.stream()
                .noneMatch(t -> t.address().taskManager().name().equals(name))) {
            taskManagers.add(new ModelTaskManager(Cluster.address(name, ++incarnations), SLOTS));
        }
    }

    private void breakStream(ModelTaskManager taskManager) {
        taskManager.disconnect();
        for (Session session : List.copyOf(streams.keySet())) {
            if (streams.get(session) == taskManager) {
                streams.remove(session);
                toTaskManagers.remove(session);
                Deque<Event> onTheirWay = toControl.computeIfAbsent(session, key -> new ArrayDeque<>());
                for (int lost = random.nextInt(onTheirWay.size() + 1); lost > 0; lost--) {
                    onTheirWay.removeLast();
                }
                onTheirWay.add(new Event.SessionClosed(session, "broken"));
            }
        }
    }

    private void connectOne() {
        connect(anyTaskManager());
    }

    private void connect(ModelTaskManager taskManager) {
        if (taskManager.isConnected() || hanging.containsKey(taskManager)) {
            return;
        }
        Session session = new Stream(++sessions);
        streams.put(session, taskManager);
        Deque<Event> queue = new ArrayDeque<>();
        toControl.put(session, queue);
        taskManager.connect(message -> {
            Epoch epoch = message instanceof FromTaskManager.Register ? new Epoch(0) : new Epoch(7);
            toControl
                    .computeIfAbsent(session, key -> new ArrayDeque<>())
                    .add(new Event.FromSession(session, epoch, message));
        });
    }

    private void on(Event event) {
        trace.add(event.getClass().getSimpleName());
        control.on(event, now()).forEach(Command::execute);
        check();
    }

    private void check() {
        for (Map.Entry<JobId, JobStatus> entry : statuses.entrySet()) {
            JobStatus before = entry.getValue();
            if (before.isTerminal() && !justEnded.remove(entry.getKey())) {
                continue;
            }
            TrackedJob job = control.dispatcher().find(entry.getKey()).orElseThrow();
            JobStatus status = job.status();
            require(job.master().isPresent() != status.isTerminal(), job.id() + " " + status);
            if (before != status) {
                require(!before.isTerminal(), job.id() + " " + before + " " + status);
                entry.setValue(status);
                trace.add(job.id() + " " + status);
                boolean fails = status == JobStatus.FAILED || status == JobStatus.FAILING;
                require(job.end().failures().isEmpty() != fails, job.id() + " " + status);
                if (status.isTerminal()) {
                    justEnded.add(job.id());
                }
            }
            checkSlotsOf(job);
        }
        checkHolders();
    }

    /** Every slot that is held is held by a live job that was given slots. */
    private void checkHolders() {
        int held = 0;
        for (ModelTaskManager taskManager : taskManagers) {
            TaskManagerId id = taskManager.address().taskManager();
            for (int slot = 0; slot < SLOTS; slot++) {
                Optional<JobId> holder = control.resources().holderOf(id, slot);
                held += holder.isPresent() ? 1 : 0;
                boolean live = holder.flatMap(control.dispatcher()::find)
                        .flatMap(TrackedJob::master)
                        .filter(master -> !master.wantsSlots())
                        .isPresent();
                require(holder.isEmpty() || live, "slot " + id + " " + slot);
            }
        }
        int free = control.resources().slotsFree();
        require(free + held <= control.resources().slotsTotal(), free + " free, " + held + " held");
    }

    /** Where a task may run the slot is its job's. */
    private void checkSlotsOf(TrackedJob job) {
        for (JobDetails.VertexDetails vertex : job.details(0).vertices()) {
            for (JobDetails.SubtaskDetails subtask : vertex.subtasks()) {
                if (!subtask.state().isTerminal() && !subtask.taskManager().isEmpty()) {
                    TaskManagerId id = new TaskManagerId(subtask.taskManager());
                    Optional<JobId> holder = control.resources().holderOf(id, subtask.slot());
                    require(holder.equals(Optional.of(job.id())), job.id() + " " + subtask);
                }
            }
        }
    }

    /** Cheaper than a fluent assertion: it runs after every event. */
    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    /** A gateway stream of the simulated network. */
    private final class Stream implements Session {
        private final long number;

        Stream(long number) {
            this.number = number;
        }

        @Override
        public void send(ToTaskManager message) {
            if (streams.containsKey(this)) {
                toTaskManagers.computeIfAbsent(this, key -> new ArrayDeque<>()).add(message);
            }
        }

        @Override
        public void close() {
            ModelTaskManager taskManager = streams.get(this);
            if (taskManager != null) {
                // What was sent before still arrives: a shutdown must.
                Deque<ToTaskManager> last = toTaskManagers.remove(this);
                breakStream(taskManager);
                if (last != null && last.stream().anyMatch(ToTaskManager.Shutdown.class::isInstance)) {
                    kill(taskManager);
                }
            }
        }

        @Override
        public void handled() {}

        @Override
        public String toString() {
            return "stream " + number;
        }
    }

    private Moment now() {
        return new Moment(clock.nanoTime(), clock.epochMillis());
    }

    private ModelTaskManager anyTaskManager() {
        return taskManagers.get(random.nextInt(taskManagers.size()));
    }
}
