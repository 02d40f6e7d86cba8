package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.ModelStorage.require;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.jobmanager.control.TestGraphs;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A coordinator, TaskManagers and a storage in one thread: a seed draws who is heard next, what fails, who is lost,
 * when there is no leader and when there is another one.
 */
final class CheckpointWorld {
    static final JobId JOB = new JobId(1, 1);
    private static final long GRACE_MS = 5_000;

    final ModelStorage storage;

    private final Random random;
    private final CheckpointSettings settings;
    private final ModelCluster cluster;
    private final Deque<CheckpointCommand> commands = new ArrayDeque<>();
    private final Deque<CheckpointEvent> events = new ArrayDeque<>();
    private final Deque<PeerAddress> lost = new ArrayDeque<>();

    private CheckpointCoordinator coordinator;
    private boolean leaderless;
    private boolean runs;
    private long nowMs = 1_000;
    private long counter;
    private int run;
    private int replies;
    private int requests;

    CheckpointWorld(long seed) {
        random = new Random(seed);
        storage = new ModelStorage(random);
        settings = new CheckpointSettings(
                new CheckpointSettings.Timing(100, 1_500, random.nextBoolean() ? 0 : 50, 50, GRACE_MS),
                new CheckpointSettings.Limits(1 + random.nextInt(3), 1_000_000, 1 + random.nextInt(3), 5));
        cluster = new ModelCluster(random, storage, 1 + random.nextInt(3));
        coordinator = newCoordinator();
        restart();
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(1_000);
            if (dice < 220) {
                cluster.any().hear();
            } else if (dice < 400) {
                cluster.any().work();
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
        settle(100);
        cluster.all().forEach(this::connect);
        endRun("healing");
        // Not before: what has finished does not come back in the same run.
        cluster.all().forEach(taskManager -> taskManager.finished = false);
        int before = storage.completed;
        settle(40);
        require(isStopped() || storage.completed > before, "no checkpoint completes any more");
        endRun("over");
        runs = true;
        for (int i = 0; i < 100 && !isQuiet(); i++) {
            settle(10);
        }
        require(isQuiet(), "the coordinator does not come to rest");
        require(storage.missing().isEmpty(), "missing: " + storage.missing());
        Set<String> rest = storage.unreachable();
        rest.removeIf(cluster::isOfFormerSavepoint);
        require(rest.isEmpty(), "left behind: " + rest);
        require(replies <= requests, "more replies than requests");
    }

    private boolean isStopped() {
        return coordinator
                .latest()
                .filter(latest -> latest.pointer().kind().stopsJob())
                .isPresent();
    }

    private boolean isQuiet() {
        return coordinator.isQuiet() && storage.isStill() && commands.isEmpty() && events.isEmpty();
    }

    private void settle(int rounds) {
        for (int i = 0; i < rounds; i++) {
            cluster.hearAndWork();
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
                new CheckpointJob(
                        JOB, TestGraphs.line("job", cluster.all().size()), node -> "op" + node.id(), "/checkpoints"),
                settings,
                new CheckpointCoordinator.Sources(
                        commands::add, () -> OptionalLong.of(counter += 1 + random.nextInt(3)), random::nextLong),
                storage.recover(),
                now());
    }

    private void restartIfPossible() {
        if (!runs && !leaderless && lost.isEmpty() && !coordinator.isRecording()) {
            restart();
        }
    }

    private void restart() {
        run++;
        Optional<CompletedCheckpoint> latest = coordinator.latest();
        require(latest.map(CompletedCheckpoint::id).orElse(0L) == storage.newestThatCommitted(), "not the newest (I8)");
        cluster.restart(run, latest);
        runs = true;
        coordinator.onRunning(new RunningTasks(run, cluster.tasks(), subtask -> Optional.empty()), now());
    }

    private void deliver() {
        ModelTasks from = cluster.any();
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
        ModelTasks victim = cluster.any();
        switch (random.nextInt(10)) {
            case 0 -> storage.outage = !storage.outage;
            case 1 -> {
                cluster.kill(victim);
                lost.add(victim.address);
                runs = false;
            }
            case 2, 3 -> cluster.disconnect(victim);
            case 4 -> connect(victim);
            case 5 -> connect(cluster.any());
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
        // Seldom one that stops the job: nothing is triggered behind it.
        CheckpointKind kind =
                switch (random.nextInt(20)) {
                    case 0 -> CheckpointKind.DRAIN;
                    case 1 -> CheckpointKind.SAVEPOINT_THEN_STOP;
                    default -> CheckpointKind.SAVEPOINT;
                };
        requests++;
        SavepointRequest request = new SavepointRequest(kind, "savepoints", answer -> replies++);
        step(out -> coordinator.onSavepointRequested(request, now(), out));
    }

    private void finish(ModelTasks taskManager) {
        if (runs && !leaderless && !taskManager.finished) {
            taskManager.finished = true;
            coordinator.onTaskFinished(taskManager.subtask());
        }
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
        cluster.leaderGone();
        coordinator = newCoordinator();
        leaderless = false;
        if (runs) {
            coordinator.onRunning(new RunningTasks(run, cluster.tasks(), subtask -> Optional.empty()), now());
            cluster.all().forEach(this::connect);
        }
    }

    private void step(Consumer<Outbox> input) {
        Outbox out = new Outbox(cluster::sessionOf);
        input.accept(out);
        out.commands().forEach(Command::execute);
    }

    private Moment now() {
        return new Moment(TimeUnit.MILLISECONDS.toNanos(nowMs) - 3_000_000_000L, nowMs);
    }
}
