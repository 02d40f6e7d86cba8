package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.ModelStorage.require;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.jobmanager.control.TestGraphs;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A coordinator, TaskManagers and a storage in one thread: a seed draws who is heard next, what fails, who is lost,
 * when there is no leader and when there is another one.
 */
final class CheckpointWorld {
    private static final JobId JOB = new JobId(1, 1);
    private static final long GRACE_MS = 5_000;

    final ModelStorage storage;

    private final Random random;
    private final CheckpointSettings settings;
    private final List<ModelTasks> taskManagers = new ArrayList<>();
    private final Deque<CheckpointCommand> commands = new ArrayDeque<>();
    private final Deque<CheckpointEvent> events = new ArrayDeque<>();
    private final Deque<PeerAddress> lost = new ArrayDeque<>();

    /** No later leader knows where they were to be: what is left of them is for their users to delete. */
    private final Set<Long> formerSavepoints = new TreeSet<>();

    private final Set<Long> triggeredSavepoints = new TreeSet<>();

    private CheckpointCoordinator coordinator;
    private boolean leaderless;
    private boolean runs;
    private long nowMs = 1_000;
    private long counter;
    private long incarnations;
    private int run;
    private int replies;
    private int requests;

    CheckpointWorld(long seed) {
        random = new Random(seed);
        storage = new ModelStorage(random);
        settings = new CheckpointSettings(
                new CheckpointSettings.Timing(100, 1_500, random.nextBoolean() ? 0 : 50, 50, GRACE_MS),
                new CheckpointSettings.Limits(1 + random.nextInt(3), 1_000_000, 1 + random.nextInt(3), 5));
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            taskManagers.add(newTaskManager(i));
        }
        coordinator = newCoordinator();
        restart();
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(1_000);
            if (dice < 220) {
                any().hear();
            } else if (dice < 400) {
                any().work();
            } else if (dice < 580) {
                deliver();
            } else if (dice < 700) {
                carryOut();
            } else if (dice < 800) {
                report();
            } else if (dice < 965) {
                pass(random.nextInt(60));
            } else if (dice < 970) {
                savepoint();
            } else if (dice < 975) {
                storage.outage = false;
                leaderless = false;
            } else {
                disturb();
            }
            restartIfPossible();
        }
    }

    /** No more faults: a new checkpoint completes, and then nothing unreachable is left. */
    void heal() {
        storage.faults = false;
        storage.outage = false;
        leaderless = false;
        taskManagers.forEach(taskManager -> taskManager.finished = false);
        settle(100);
        taskManagers.forEach(this::connect);
        endRun("healing");
        int before = storage.completed;
        settle(40);
        require(storage.completed > before, "no checkpoint completes any more");
        endRun("over");
        runs = true;
        for (int i = 0; i < 100 && !isQuiet(); i++) {
            settle(10);
        }
        require(isQuiet(), "the coordinator does not come to rest");
        require(storage.missing().isEmpty(), "missing: " + storage.missing());
        Set<String> rest = storage.unreachable();
        rest.removeIf(key -> formerSavepoints.stream().anyMatch(id -> key.startsWith("savepoints " + id + "/")));
        require(rest.isEmpty(), "left behind: " + rest);
        require(replies <= requests, "more replies than requests");
    }

    private boolean isQuiet() {
        return coordinator.isQuiet() && storage.isStill() && commands.isEmpty() && events.isEmpty();
    }

    private void settle(int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (ModelTasks taskManager : taskManagers) {
                while (!taskManager.incoming.isEmpty()) {
                    taskManager.hear();
                }
                taskManager.work();
                taskManager.work();
            }
            for (int j = 0; j < 20; j++) {
                deliver();
                carryOut();
                report();
            }
            pass(i < 60 ? 50 : 200);
            restartIfPossible();
        }
    }

    private CheckpointCoordinator newCoordinator() {
        counter += random.nextInt(50);
        return new CheckpointCoordinator(
                new CheckpointJob(JOB, TestGraphs.line("job", taskManagers.size()), node -> "op" + node.id()),
                settings,
                new CheckpointCoordinator.Sources(
                        commands::add, () -> counter += 1 + random.nextInt(3), random::nextLong),
                storage.recover(),
                now());
    }

    private ModelTasks newTaskManager(int index) {
        PeerAddress address = new PeerAddress(new TaskManagerId("tm" + index), new Incarnation(++incarnations), "h", 1);
        return new ModelTasks(address, new SubtaskId(JOB, Math.max(1, run), 0, index, 0), random, storage);
    }

    private void restartIfPossible() {
        if (!runs && !leaderless && lost.isEmpty() && !coordinator.isRecording()) {
            restart();
        }
    }

    private void restart() {
        run++;
        Optional<CompletedCheckpoint> latest = coordinator.latest();
        long newest = storage.retained.isEmpty() ? 0 : storage.retained.lastKey();
        long stop = storage.savepoints.values().stream()
                .filter(pointer -> pointer.kind().stopsJob())
                .mapToLong(pointer -> pointer.checkpoint())
                .max()
                .orElse(0);
        require(latest.map(CompletedCheckpoint::id).orElse(0L) == Math.max(newest, stop), "not the newest (I8)");
        for (ModelTasks taskManager : taskManagers) {
            int index = taskManager.subtask().index();
            boolean own = latest.filter(from -> from.pointer().kind() == CheckpointKind.CHECKPOINT)
                    .isPresent();
            List<SegmentFile> base = own && random.nextBoolean() ? filesOf(latest.orElseThrow(), index) : List.of();
            taskManager.restart(new SubtaskId(JOB, run, 0, index, 0), base);
        }
        runs = true;
        coordinator.onRunning(run, tasks(), now());
    }

    private static List<SegmentFile> filesOf(CompletedCheckpoint checkpoint, int index) {
        List<SegmentFile> files = new ArrayList<>();
        for (OperatorSnapshot operator : checkpoint.manifest().operators()) {
            for (SubtaskSnapshot subtask : operator.subtasks()) {
                for (StatePart part : subtask.index() == index ? subtask.parts() : List.<StatePart>of()) {
                    files.add(checkpoint.manifest().files().get(part.file()));
                }
            }
        }
        return files;
    }

    private Map<PeerAddress, List<SubtaskId>> tasks() {
        Map<PeerAddress, List<SubtaskId>> tasks = new LinkedHashMap<>();
        for (ModelTasks taskManager : taskManagers) {
            if (!taskManager.finished) {
                tasks.put(taskManager.address, List.of(taskManager.subtask()));
            }
        }
        return tasks;
    }

    private void deliver() {
        ModelTasks from = any();
        if (leaderless) {
            return;
        }
        FromTaskManager message = from.outgoing.poll();
        if (message instanceof CheckpointAcknowledged ack) {
            step(out -> coordinator.onAcknowledged(from.address, ack, now(), out));
            if (random.nextInt(10) == 0) {
                step(out -> coordinator.onAcknowledged(from.address, ack, now(), out));
            }
            coordinator
                    .history()
                    .report(ack.checkpoint())
                    .map(CheckpointReport::cause)
                    .ifPresent(cause -> require(
                            !cause.problem().code().equals("CHECKPOINT_BAD_ACKNOWLEDGEMENT"),
                            "refused: " + cause.problem().render()));
        } else if (message instanceof CheckpointDeclined declined) {
            step(out -> coordinator.onDeclined(from.address, declined, now(), out));
        }
    }

    private void carryOut() {
        CheckpointCommand command = commands.poll();
        if (command != null) {
            events.add(storage.carryOut(command));
        }
    }

    private void report() {
        if (leaderless) {
            return;
        }
        PeerAddress gone = lost.poll();
        if (gone != null) {
            step(out -> coordinator.onTaskManagerLost(gone, now(), out));
            endRun("lost " + gone.taskManager());
        }
        CheckpointEvent event = events.poll();
        if (event != null) {
            step(out -> coordinator.on(event, now(), out));
        }
    }

    private void pass(long ms) {
        nowMs += ms;
        storage.passTo(nowMs);
        if (!leaderless && now().reached(coordinator.nextDeadlineNanos())) {
            step(out -> coordinator.onTime(now(), out));
        }
    }

    private void disturb() {
        ModelTasks victim = any();
        switch (random.nextInt(10)) {
            case 0 -> storage.outage = !storage.outage;
            case 1 -> kill(victim);
            case 2, 3 -> disconnect(victim);
            case 4 -> connect(victim);
            case 5 -> connect(any());
            case 6 -> leaderless = !leaderless;
            case 7 -> changeLeader();
            case 8 -> finish(victim);
            default -> {
                if (runs && !leaderless && random.nextInt(3) == 0) {
                    endRun("failed");
                }
            }
        }
    }

    private void savepoint() {
        if (leaderless) {
            return;
        }
        CheckpointKind[] kinds = {
            CheckpointKind.SAVEPOINT, CheckpointKind.SAVEPOINT, CheckpointKind.DRAIN, CheckpointKind.SAVEPOINT_THEN_STOP
        };
        requests++;
        SavepointRequest request =
                new SavepointRequest(kinds[random.nextInt(kinds.length)], "savepoints", answer -> replies++);
        step(out -> coordinator.onSavepointRequested(request, now(), out));
    }

    private void finish(ModelTasks taskManager) {
        if (runs && !leaderless && !taskManager.finished) {
            taskManager.finished = true;
            coordinator.onTaskFinished(taskManager.subtask());
        }
    }

    private void kill(ModelTasks taskManager) {
        int index = taskManagers.indexOf(taskManager);
        taskManager.kill();
        taskManagers.set(index, newTaskManager(index));
        lost.add(taskManager.address);
        runs = false;
    }

    private void disconnect(ModelTasks taskManager) {
        taskManager.connected = false;
        for (int drop = random.nextInt(taskManager.outgoing.size() + 1); drop > 0; drop--) {
            taskManager.outgoing.removeLast();
        }
        taskManager.incoming.clear();
    }

    private void connect(ModelTasks taskManager) {
        if (!taskManager.connected && !leaderless) {
            taskManager.connected = true;
            step(out -> coordinator.onTaskManagerConnected(taskManager.address, now(), out));
        }
    }

    private void endRun(String why) {
        runs = false;
        step(out -> coordinator.onRunEnded(why, now(), out));
    }

    /** The old leader's I/O goes on for a while, but not into the log; all it knew and did not log is lost. */
    private void changeLeader() {
        for (CheckpointCommand command : commands) {
            if (!(command instanceof RecordCompleted) && random.nextBoolean()) {
                storage.carryOut(command);
            }
        }
        commands.clear();
        events.clear();
        formerSavepoints.addAll(triggeredSavepoints);
        triggeredSavepoints.clear();
        taskManagers.forEach(this::disconnect);
        coordinator = newCoordinator();
        leaderless = false;
        if (runs) {
            coordinator.onRunning(run, tasks(), now());
            taskManagers.forEach(this::connect);
        }
    }

    private void step(Consumer<Outbox> input) {
        Outbox out = new Outbox(this::sessionOf);
        input.accept(out);
        out.commands().forEach(Command::execute);
    }

    private Optional<Session> sessionOf(PeerAddress address) {
        return taskManagers.stream()
                .filter(taskManager -> taskManager.address.equals(address) && taskManager.connected)
                .findFirst()
                .map(taskManager -> new Stream(taskManager, triggeredSavepoints));
    }

    private record Stream(ModelTasks taskManager, Set<Long> savepoints) implements Session {
        @Override
        public void send(ToTaskManager message) {
            taskManager.incoming.add(message);
            if (message instanceof ToTaskManager.TriggerCheckpoint trigger
                    && trigger.kind().isSavepoint()) {
                savepoints.add(trigger.checkpoint());
            }
        }

        @Override
        public void close() {}

        @Override
        public void handled() {}
    }

    private Moment now() {
        return new Moment(TimeUnit.MILLISECONDS.toNanos(nowMs) - 3_000_000_000L, nowMs);
    }

    private ModelTasks any() {
        return taskManagers.get(random.nextInt(taskManagers.size()));
    }
}
