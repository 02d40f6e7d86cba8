package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.format.PartReader;
import io.millrace.common.checkpoint.format.SegmentReader;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.SegmentsWritten;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.SnapshotTaken;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.StorageOpened;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent stepped by hand: tasks and workers are recorded, and work when they are told to. */
final class AgentFixture implements Barriers, SegmentStore {
    static final JobId JOB = new JobId(1, 2);
    static final String PLACE = "/checkpoints/job";
    static final Incarnation WRITER = new Incarnation(7);

    final ManualClock clock = new ManualClock(1_000, 1_000);
    final List<FromTaskManager> answers = new ArrayList<>();
    /** How long workers waited before they tried again, in nanoseconds. */
    final List<Long> pauses = new ArrayList<>();

    final List<String> calls = new ArrayList<>();
    final Map<String, FailingStorage> storages = new HashMap<>();
    /** What workers have been given and not done. */
    final Deque<Runnable> work = new ArrayDeque<>();

    /** Told instead of {@link #calls} what the tasks are told, if there is one. */
    @Nullable
    Barriers barriers;

    final List<CheckpointStorage> opened = new ArrayList<>();
    final CheckpointAgent agent = new CheckpointAgent(this, this, clock, answers::add);
    long segmentLimit = SegmentFiles.DEFAULT_LIMIT_BYTES;
    boolean opens = true;
    private long nonce = 100;

    static SubtaskId task(int index) {
        return task(JOB, index);
    }

    static SubtaskId task(JobId job, int index) {
        return new SubtaskId(job, 1, 0, index, 0);
    }

    /** Tasks of the job that run. */
    AgentFixture running(int count) {
        for (int i = 0; i < count; i++) {
            running(task(i));
        }
        return this;
    }

    AgentFixture running(SubtaskId task) {
        agent.onTaskState(task, ExecutionState.DEPLOYING);
        agent.onTaskState(task, ExecutionState.INITIALIZING);
        agent.onTaskState(task, ExecutionState.RUNNING);
        return this;
    }

    AgentFixture ends(int index, ExecutionState state) {
        agent.onTaskState(task(index), state);
        return this;
    }

    AgentFixture trigger(long checkpoint) {
        return trigger(JOB, checkpoint, CheckpointKind.CHECKPOINT, PLACE);
    }

    AgentFixture savepoint(long checkpoint) {
        return trigger(JOB, checkpoint, CheckpointKind.SAVEPOINT, "/savepoints/" + checkpoint);
    }

    AgentFixture trigger(JobId job, long checkpoint, CheckpointKind kind, String place) {
        agent.onTrigger(new TriggerCheckpoint(job, 1, checkpoint, kind, place));
        return this;
    }

    AgentFixture completed(long checkpoint) {
        agent.onCompleted(new CheckpointCompleted(JOB, 1, checkpoint));
        return this;
    }

    AgentFixture aborted(long checkpoint) {
        agent.onAborted(new CheckpointAborted(JOB, 1, checkpoint, "the test says so"));
        return this;
    }

    /** A snapshot with new parts of operator 0, each with one block of this text. */
    AgentFixture snapshot(int index, long checkpoint, String... texts) {
        return snapshot(task(index), checkpoint, List.of(), texts);
    }

    AgentFixture snapshot(SubtaskId task, long checkpoint, List<EarlierPart> earlier, String... texts) {
        List<SnapshotPart> parts = new ArrayList<>();
        for (String text : texts) {
            ByteBuffer block = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            parts.add(new SnapshotPart(0, PartKind.KEYED_DELTA, "s", 0, 8, 1, List.of(block)));
        }
        agent.on(
                new SnapshotTaken(task, new TaskSnapshot(checkpoint, 3_000_000, 2_000_000, parts, earlier, List.of())));
        return this;
    }

    /** Lets workers do all that they have been given, and what follows from it. */
    AgentFixture work() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
        return this;
    }

    FailingStorage storage(String place) {
        return storages.computeIfAbsent(place, key -> new FailingStorage());
    }

    FromTaskManager lastAnswer() {
        return answers.get(answers.size() - 1);
    }

    CheckpointAcknowledged lastAcknowledged() {
        return (CheckpointAcknowledged) lastAnswer();
    }

    CheckpointDeclined lastDeclined() {
        return (CheckpointDeclined) lastAnswer();
    }

    /** What the storage holds of each subtask's parts that the answer names. */
    Map<SubtaskId, List<String>> read(CheckpointAcknowledged ack, String place) {
        Map<SubtaskId, List<String>> texts = new HashMap<>();
        for (SubtaskAcknowledgement subtask : ack.subtasks()) {
            List<String> ofSubtask = new ArrayList<>();
            for (OperatorParts operator : subtask.operators()) {
                for (StatePart part : operator.parts()) {
                    ofSubtask.add(read(ack, storage(place), part));
                }
            }
            texts.put(subtask.subtask(), ofSubtask);
        }
        return texts;
    }

    private static String read(CheckpointAcknowledged ack, CheckpointStorage storage, StatePart part) {
        var file = ack.files().get(part.file());
        StringBuilder text = new StringBuilder();
        try (PartReader reader = SegmentReader.open(storage, new ObjectName(file.name()), file, ack.job())
                .read(part)) {
            for (ByteBuffer block = reader.next(); block != null; block = reader.next()) {
                text.append(StandardCharsets.UTF_8.decode(block));
            }
        }
        return text.toString();
    }

    @Override
    public void announce(SubtaskId task, Barrier barrier) {
        if (barriers != null) {
            barriers.announce(task, barrier);
            return;
        }
        calls.add("announce " + barrier.checkpoint() + " to " + task.index());
    }

    @Override
    public void giveUp(SubtaskId task, long checkpoint) {
        if (barriers != null) {
            barriers.giveUp(task, checkpoint);
            return;
        }
        calls.add("give up " + checkpoint + " in " + task.index());
    }

    @Override
    public void completed(SubtaskId task, Barrier barrier) {
        if (barriers != null) {
            barriers.completed(task, barrier);
            return;
        }
        calls.add("completed " + barrier.checkpoint() + " to " + task.index());
    }

    @Override
    public void open(JobId job, StorageLocation place) {
        calls.add("open " + place);
        boolean opening = opens;
        work.add(() -> agent.on(new StorageOpened(job, place, opening ? opened(place) : refused(place))));
    }

    private Outcome<CheckpointStorage> opened(StorageLocation place) {
        opened.add(storage(place.toString()));
        return Outcome.success(storage(place.toString()));
    }

    private static Outcome<CheckpointStorage> refused(StorageLocation place) {
        return Outcome.failure(
                Problem.of(StorageErrors.STORAGE_DENIED, "Not allowed").at(place.toString()));
    }

    @Override
    public void write(CheckpointStorage storage, SegmentRequest request) {
        calls.add("write " + request.checkpoint());
        SegmentFiles files = new SegmentFiles(WRITER, segmentLimit, () -> nonce++, pauses::add);
        work.add(() ->
                agent.on(new SegmentsWritten(request.run(), request.checkpoint(), files.write(storage, request))));
    }

    @Override
    public void close(CheckpointStorage storage) {
        calls.add("close");
        work.add(storage::close);
    }
}
