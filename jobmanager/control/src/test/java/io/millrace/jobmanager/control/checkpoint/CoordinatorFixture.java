package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.jobmanager.control.TestGraphs;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A coordinator stepped by hand: one vertex with a subtask on each of two TaskManagers, ids in steps of ten. */
final class CoordinatorFixture {
    static final JobId JOB = new JobId(3, 4);
    static final PeerAddress A = new PeerAddress(new TaskManagerId("a"), new Incarnation(1), "127.0.0.1", 1);
    static final PeerAddress B = new PeerAddress(new TaskManagerId("b"), new Incarnation(2), "127.0.0.1", 2);
    static final SubtaskId ON_A = new SubtaskId(JOB, 1, 0, 0, 0);
    static final SubtaskId ON_B = new SubtaskId(JOB, 1, 0, 1, 0);
    static final Problem PROBLEM = new Problem("STORAGE_FULL", "no room", "there", "", "make room");
    static final CheckpointSettings.Timing TIMING = new CheckpointSettings.Timing(1_000, 10_000, 500, 200, 60_000);
    static final CheckpointSettings.Limits LIMITS = new CheckpointSettings.Limits(1, Integer.MAX_VALUE, 1, 20);

    final List<Sent> sent = new ArrayList<>();
    final List<CheckpointCommand> commands = new ArrayList<>();
    final List<Outcome<CheckpointPointer>> replies = new ArrayList<>();
    final Map<SubtaskId, TaskProgress> progress = new HashMap<>();
    final CheckpointCoordinator coordinator;

    private long nowMs;
    private long ids;

    /** A message and the TaskManager it went to. */
    record Sent(PeerAddress to, ToTaskManager message) {}

    private record Stream(PeerAddress to, List<Sent> log) implements Session {
        @Override
        public void send(ToTaskManager message) {
            log.add(new Sent(to, message));
        }

        @Override
        public void close() {}

        @Override
        public void handled() {}
    }

    CoordinatorFixture() {
        this(TIMING, LIMITS, List.of());
    }

    CoordinatorFixture(
            CheckpointSettings.Timing timing, CheckpointSettings.Limits limits, List<CompletedCheckpoint> recovered) {
        CheckpointJob job =
                new CheckpointJob(JOB, TestGraphs.line("job", 2), node -> "uid-" + node.id(), "/checkpoints");
        ids = recovered.stream().mapToLong(CompletedCheckpoint::id).max().orElse(0);
        coordinator = new CheckpointCoordinator(
                job,
                new CheckpointSettings(timing, limits),
                new CheckpointCoordinator.Sources(commands::add, () -> OptionalLong.of(ids += 10), () -> 77),
                recovered,
                now());
    }

    static CoordinatorFixture running() {
        return new CoordinatorFixture().run();
    }

    static CoordinatorFixture running(CheckpointSettings.Limits limits) {
        return new CoordinatorFixture(TIMING, limits, List.of()).run();
    }

    CoordinatorFixture run() {
        Map<PeerAddress, List<SubtaskId>> tasks = new LinkedHashMap<>();
        tasks.put(A, List.of(ON_A));
        tasks.put(B, List.of(ON_B));
        coordinator.onRunning(new RunningTasks(1, tasks, subtask -> Optional.ofNullable(progress.get(subtask))), now());
        return this;
    }

    Moment now() {
        return new Moment(TimeUnit.MILLISECONDS.toNanos(nowMs) - 5_000_000_000L, 1_000_000 + nowMs);
    }

    /** A heartbeat tells of a task. */
    void heartbeat(SubtaskId subtask, double busy, double backPressured, long awaitedCheckpoint) {
        progress.put(subtask, new TaskProgress(subtask, busy, backPressured, awaitedCheckpoint, List.of()));
    }

    /** Steps the coordinator as a host would: at its deadlines, in steps of at most 100 ms. */
    void pass(long ms) {
        for (long end = nowMs + ms; nowMs < end; ) {
            nowMs = Math.min(end, nowMs + 100 - nowMs % 100);
            if (now().reached(coordinator.nextDeadlineNanos())) {
                step(out -> coordinator.onTime(now(), out));
            }
        }
    }

    void step(Consumer<Outbox> input) {
        Outbox out = new Outbox(taskManager -> Optional.of(new Stream(taskManager, sent)));
        input.accept(out);
        out.commands().forEach(Command::execute);
    }

    void event(CheckpointEvent event) {
        step(out -> coordinator.on(event, now(), out));
    }

    /** Lets time pass until the next checkpoint is triggered. */
    long trigger() {
        int before = triggers().size();
        for (int i = 0; i < 100 && triggers().size() == before; i++) {
            pass(100);
        }
        return triggers().get(triggers().size() - 1);
    }

    /** Numbers of the checkpoints that were triggered on TaskManager a. */
    List<Long> triggers() {
        return sent(A, ToTaskManager.TriggerCheckpoint.class).stream()
                .map(ToTaskManager.TriggerCheckpoint::checkpoint)
                .toList();
    }

    <T extends ToTaskManager> List<T> sent(PeerAddress to, Class<T> kind) {
        return sent.stream()
                .filter(one -> one.to().equals(to))
                .map(Sent::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    <T extends CheckpointCommand> List<T> commands(Class<T> kind) {
        return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Names of all files that were to be deleted, in order. */
    List<String> deleted() {
        return commands(DeleteFiles.class).stream()
                .flatMap(command -> command.names().stream())
                .toList();
    }

    static SegmentFile file(long checkpoint, PeerAddress writer) {
        return new SegmentFile(CheckpointFileName.segment(checkpoint, writer.incarnation(), 0), 1_000, checkpoint);
    }

    /** An acknowledgement with one part in each of these files. */
    static CheckpointAcknowledged ack(long checkpoint, SubtaskId subtask, SegmentFile... files) {
        return ack(checkpoint, subtask, new SnapshotCost(200, 100, 1, 2, 3), files);
    }

    static CheckpointAcknowledged ack(long checkpoint, SubtaskId subtask, SnapshotCost cost, SegmentFile... files) {
        List<StatePart> parts = new ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            PartKind kind = i == 0 ? PartKind.KEYED_BASE : PartKind.KEYED_DELTA;
            parts.add(new StatePart(kind, "counts", 0, 64, i, 44, 100, 5));
        }
        return new CheckpointAcknowledged(
                JOB,
                subtask.run(),
                checkpoint,
                List.of(files),
                List.of(new OperatorSchemas(0, List.of(new StateSchema("counts", OpaqueBytes.EMPTY)))),
                List.of(new SubtaskAcknowledgement(subtask, List.of(new OperatorParts(0, parts)), cost)));
    }

    void acknowledge(PeerAddress from, CheckpointAcknowledged ack) {
        step(out -> coordinator.onAcknowledged(from, ack, now(), out));
    }

    void acknowledge(PeerAddress from, long checkpoint) {
        acknowledge(from, ack(checkpoint, from.equals(A) ? ON_A : ON_B, file(checkpoint, from)));
    }

    void decline(PeerAddress from, long checkpoint) {
        SubtaskId subtask = from.equals(A) ? ON_A : ON_B;
        CheckpointDeclined declined = new CheckpointDeclined(JOB, 1, checkpoint, subtask, PROBLEM);
        step(out -> coordinator.onDeclined(from, declined, now(), out));
    }

    void acknowledgeAll(long checkpoint) {
        acknowledge(A, checkpoint);
        acknowledge(B, checkpoint);
    }

    void stored(long checkpoint) {
        event(new CheckpointEvent.ManifestStored(JOB, checkpoint));
    }

    void recorded(long checkpoint) {
        event(new CheckpointEvent.PointerRecorded(JOB, checkpoint));
    }

    /** Takes a triggered checkpoint to its completion. */
    void complete(long checkpoint) {
        acknowledgeAll(checkpoint);
        stored(checkpoint);
        recorded(checkpoint);
    }

    void savepoint(CheckpointKind kind) {
        SavepointRequest request = new SavepointRequest(kind, "here", replies::add);
        step(out -> coordinator.onSavepointRequested(request, now(), out));
    }

    StoreManifest lastStore() {
        List<StoreManifest> all = commands(StoreManifest.class);
        return all.get(all.size() - 1);
    }

    RecordCompleted lastRecord() {
        List<RecordCompleted> all = commands(RecordCompleted.class);
        return all.get(all.size() - 1);
    }

    CheckpointReport report(long checkpoint) {
        return coordinator.history().report(checkpoint).orElseThrow();
    }

    CheckpointCause cause(long checkpoint) {
        return Optional.ofNullable(report(checkpoint).cause()).orElseThrow();
    }

    List<Long> retained() {
        return coordinator.retained().stream().map(CompletedCheckpoint::id).toList();
    }

    /** Which TaskManagers were told of the completion of a checkpoint. */
    Map<PeerAddress, Long> completions() {
        Map<PeerAddress, Long> told = new LinkedHashMap<>();
        for (PeerAddress taskManager : List.of(A, B)) {
            sent(taskManager, ToTaskManager.CheckpointCompleted.class)
                    .forEach(message -> told.put(taskManager, message.checkpoint()));
        }
        return told;
    }
}
