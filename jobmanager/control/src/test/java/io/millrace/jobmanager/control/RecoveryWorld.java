package io.millrace.jobmanager.control;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Jobs with checkpoints, TaskManagers, a disk, and one leader after another in one thread: a seed draws who is heard,
 * which tasks fail, which processes die, what the log and the storage refuse, and when the leader is another. Checks at
 * every step that what the log keeps is there, and that every run begins from the latest of it.
 */
final class RecoveryWorld {
    private static final int SLOTS = 2;
    private static final JobId[] JOBS = {new JobId(0, 1), new JobId(0, 2)};
    private static final JobId STOPPED = JOBS[1];

    private final Random random;
    private final ManualClock clock = new ManualClock(-1_000_000_000L, 1_000);
    private final FaultyDisk disk;
    private final List<ModelTaskManager> taskManagers = new ArrayList<>();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Map<JobId, Integer> lastRuns = new HashMap<>();
    private final Set<JobId> stopsAnswered = new HashSet<>();
    private final String retention;

    private ControlPlane control;
    private long epoch;
    private long incarnations;
    int restarts;
    int stops;

    /** Both directions of one TaskManager's stream, in order. */
    private final class Stream implements Session {
        private final Deque<ToTaskManager> down = new ArrayDeque<>();
        private final Deque<Event> up = new ArrayDeque<>();
        private boolean open = true;

        @Override
        public void send(ToTaskManager message) {
            if (message instanceof ToTaskManager.Deploy deploy) {
                checkRun(deploy.deployment());
            }
            if (open) {
                down.add(message);
            }
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public void handled() {}
    }

    RecoveryWorld(long seed) {
        random = new Random(seed);
        disk = new FaultyDisk(random);
        retention = List.of("retain", "delete-on-cancel", "delete").get(random.nextInt(3));
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            taskManagers.add(newTaskManager(i));
        }
        control = lead();
        for (JobId job : JOBS) {
            Map<String, String> settings = Map.of(
                    "checkpoint.interval", "500ms",
                    "checkpoint.retained", Integer.toString(1 + random.nextInt(2)),
                    "checkpoint.retention", retention,
                    "checkpoint.timeout", "5s",
                    "restart.strategy", "exponential-delay",
                    "restart.exponential-delay.max-delay", "2s");
            on(new Event.Submit(
                    job, TestGraphs.with(TestGraphs.line("job", 1 + random.nextInt(2)), settings), answer -> {}));
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            int dice = random.nextInt(1_000);
            int index = random.nextInt(taskManagers.size());
            if (dice < 250) {
                hear(index);
            } else if (dice < 500) {
                tell(index);
            } else if (dice < 650) {
                taskManagers.get(index).workOn(random);
            } else if (dice < 750) {
                taskManagers.get(index).snapshot(random, true);
            } else if (dice < 850) {
                answer();
            } else if (dice < 960) {
                pass(random.nextInt(200));
            } else if (dice < 968) {
                stop();
            } else if (dice < 985) {
                connect(index);
            } else {
                disturb(index);
            }
        }
    }

    /**
     * No more faults: every job runs and completes a new checkpoint. Then they end, and nothing is left but what is
     * kept.
     */
    void heal() {
        disk.faults = false;
        settle(80);
        for (JobId job : JOBS) {
            JobStatus status = statusOf(job);
            boolean stopped = stopsAnswered.contains(job);
            require(stopped || status == JobStatus.RUNNING || status == JobStatus.FINISHED, job + " is " + status);
            require(!stopped || status == JobStatus.FINISHED, job + " was stopped and is " + status);
            require(status == JobStatus.RUNNING || job.equals(STOPPED), job + " ended by itself");
        }
        require(taskManagers.stream().noneMatch(ModelTaskManager::isHeld), "a task waits for a stop in vain");
        long[] before = {disk.latestOf(JOBS[0]), disk.latestOf(JOBS[1])};
        settle(30);
        for (int i = 0; i < JOBS.length; i++) {
            boolean runs = statusOf(JOBS[i]) == JobStatus.RUNNING;
            require(!runs || disk.latestOf(JOBS[i]) > before[i], "no new checkpoint of " + JOBS[i]);
        }
        on(new Event.CancelJob(JOBS[0], answer -> {}));
        settle(10);
        taskManagers.forEach(ModelTaskManager::finishAll);
        settle(10);
        require(control.dispatcher().liveJobs() == 0, "jobs are live");
        for (int i = 0; i < 80 && !control.dispatcher().isClean(); i++) {
            settle(1);
            pass(1_000);
        }
        require(control.dispatcher().isClean(), "clean-up does not end");
        require(disk.manifests() == (retention.equals("retain") ? 1 : 0), retention + " left " + disk.manifests());
        require(disk.unreachable().isEmpty(), "left behind: " + disk.unreachable());
    }

    /** A job of an earlier leader that has ended and is cleaned up is nobody's any more. */
    private JobStatus statusOf(JobId job) {
        return control.dispatcher().find(job).map(TrackedJob::status).orElse(JobStatus.FINISHED);
    }

    private void settle(int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (int index = 0; index < taskManagers.size(); index++) {
                connect(index);
            }
            for (int j = 0; j < 12; j++) {
                for (int index = 0; index < taskManagers.size(); index++) {
                    while (hear(index) || tell(index) || answer()) {
                        // Until nothing is on its way.
                    }
                    taskManagers.get(index).workOn(random);
                    taskManagers.get(index).snapshot(random, false);
                }
            }
            taskManagers.forEach(ModelTaskManager::heartbeat);
            pass(250);
        }
    }

    /** A new leader reads the log. What the last one had asked for and not heard of was done, and nobody says so. */
    private ControlPlane lead() {
        disk.forgetAnswers();
        streams.clear();
        taskManagers.forEach(ModelTaskManager::disconnect);
        ControlSettings settings = new ControlSettings(
                "test",
                "0.1.0",
                new Epoch(++epoch),
                // A job that never had slots does not give up, however long all TaskManagers are away.
                new ControlSettings.Timing(500, 2_500, 300, 86_400_000),
                new ControlSettings.Limits(100, 5, 100, 100_000, 2));
        ControlPlane plane = new ControlPlane(
                settings, disk.services(), clock, new Mailbox<>("none", 2, new Signal()), Command::execute);
        plane.recover(disk.logged(), clock.nanoTime());
        return plane;
    }

    private ModelTaskManager newTaskManager(int index) {
        return new ModelTaskManager(Cluster.address("tm" + index, ++incarnations), SLOTS).with(this::put);
    }

    private void put(String place, SegmentFile file) {
        require(disk.put(place, file), "written twice: " + file);
    }

    private boolean hear(int index) {
        Stream stream = streams.get(index);
        Event event = stream == null ? null : stream.up.poll();
        if (event == null) {
            return false;
        }
        on(event);
        return true;
    }

    private boolean tell(int index) {
        Stream stream = streams.get(index);
        ToTaskManager message = stream == null ? null : stream.down.poll();
        if (message == null) {
            return false;
        }
        message.dispatch(taskManagers.get(index));
        return true;
    }

    private boolean answer() {
        Event event = disk.nextAnswer();
        if (event == null) {
            return false;
        }
        on(event);
        return true;
    }

    private void connect(int index) {
        ModelTaskManager taskManager = taskManagers.get(index);
        Stream known = streams.get(index);
        if (taskManager.isConnected() && known != null && known.open) {
            return;
        }
        cut(index);
        Stream stream = new Stream();
        streams.put(index, stream);
        Epoch current = new Epoch(epoch);
        taskManager.connect(message -> stream.up.add(new Event.FromSession(
                stream, message instanceof FromTaskManager.Register ? new Epoch(0) : current, message)));
    }

    /** The stream breaks; what was on its way is lost. */
    private void cut(int index) {
        taskManagers.get(index).disconnect();
        Stream stream = streams.remove(index);
        if (stream != null) {
            stream.open = false;
            on(new Event.SessionClosed(stream, "broken"));
        }
    }

    private void disturb(int index) {
        ModelTaskManager taskManager = taskManagers.get(index);
        switch (random.nextInt(8)) {
            case 0, 1 -> cut(index);
            case 2 -> {
                if (random.nextBoolean()) {
                    taskManager.writeUnheard();
                }
                cut(index);
                taskManagers.set(index, newTaskManager(index));
            }
            case 3 -> control = lead();
            default -> taskManager.failOne();
        }
    }

    /** A user wants the second job stopped; of what becomes of it only the answer is known. */
    private void stop() {
        CheckpointKind kind = random.nextBoolean() ? CheckpointKind.DRAIN : CheckpointKind.SAVEPOINT_THEN_STOP;
        on(new Event.TakeSavepoint(STOPPED, kind, FaultyDisk.SAVEPOINTS, answer -> {
            if (answer instanceof Outcome.Success<String>) {
                stopsAnswered.add(STOPPED);
                stops++;
            }
        }));
    }

    private void pass(long ms) {
        clock.advance(Duration.ofMillis(ms));
        Moment now = now();
        if (now.reached(control.nextDeadlineNanos())) {
            control.onTime(now).forEach(Command::execute);
            check();
        }
    }

    private void on(Event event) {
        control.on(event, now()).forEach(Command::execute);
        check();
    }

    private Moment now() {
        return new Moment(clock.nanoTime(), clock.epochMillis());
    }

    /** Run numbers rise, and whoever takes up state takes up the latest, all of which is there. */
    private void checkRun(SubtaskDeployment deployment) {
        JobId job = deployment.id().job();
        int run = deployment.id().run();
        int last = lastRuns.getOrDefault(job, 0);
        require(run >= last, "run " + run + " after " + last);
        if (run > last) {
            restarts += last == 0 ? 0 : 1;
            lastRuns.put(job, run);
            // The first of its run that is sent: no checkpoint of the run can be complete.
            RestorePoint restore = deployment.restore();
            require(restore == null || restore.stopped() == disk.isStopped(job), "begins or ends wrongly: " + restore);
            require((restore == null ? 0 : restore.checkpoint()) == disk.latestOf(job), "not the latest: " + restore);
            if (restore != null) {
                restore.files().forEach(file -> require(disk.has(restore.place(), file.name()), "missing " + file));
            }
        }
    }

    private void check() {
        List<String> missing = disk.missing();
        require(missing.isEmpty(), "deleted although it is kept: " + missing);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
