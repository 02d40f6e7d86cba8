package io.millrace.taskmanager.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * An agent among model tasks, model workers and a model JobManager that keeps to its contract, in an order drawn from a
 * seed. Every answer is checked as it comes.
 */
final class CheckpointSchedule {
    private static final int TASKS = 3;
    private static final StorageErrors[] FAULTS = {
        StorageErrors.STORAGE_FULL, StorageErrors.STORAGE_FAILED, StorageErrors.STORAGE_OUTCOME_UNKNOWN
    };

    final AgentFixture fixture = new AgentFixture();
    private final Random random;
    private final List<ModelTask> tasks = new ArrayList<>();
    /** Barriers of checkpoints that are not decided, and those that this TaskManager was not told of yet. */
    private final TreeMap<Long, CheckpointKind> triggered = new TreeMap<>();

    private final TreeMap<Long, CheckpointKind> inBandOnly = new TreeMap<>();
    private final Map<Long, FromTaskManager> answered = new HashMap<>();
    private final Set<Long> asked = new HashSet<>();
    private final Set<Long> savepoints = new HashSet<>();
    private final Map<CheckpointStorage, Integer> opens = new HashMap<>();
    private long nextCheckpoint = 1;
    private int seen;
    /** Complete checkpoints, savepoints aside, and how many there were when each trigger came. */
    private int completions;

    private final Map<Long, Integer> completionsAtTrigger = new HashMap<>();
    private boolean faults = true;

    CheckpointSchedule(long seed) {
        random = new Random(seed);
        fixture.barriers = new Mails();
        for (int i = 0; i < TASKS; i++) {
            ModelTask task = new ModelTask(AgentFixture.task(i), fixture, random);
            tasks.add(task);
            fixture.running(task.id);
        }
    }

    /** Tasks hear of things when they come to it. */
    private final class Mails implements Barriers {
        @Override
        public void announce(SubtaskId task, Barrier barrier) {
            ModelTask model = tasks.get(task.index());
            model.mails.add(() -> model.pass(barrier));
        }

        @Override
        public void giveUp(SubtaskId task, long checkpoint) {
            // The model's tasks hold no channel.
        }

        @Override
        public void completed(SubtaskId task, Barrier barrier) {
            ModelTask model = tasks.get(task.index());
            int ordinal = completions;
            model.mails.add(() -> model.completed(barrier, ordinal));
        }
    }

    void step() {
        int luck = random.nextInt(100);
        if (luck < 14) {
            draw();
        } else if (luck < 24) {
            tell();
        } else if (luck < 55) {
            hear(tasks.get(random.nextInt(TASKS)));
        } else if (luck < 75) {
            workOnce();
        } else if (luck < 88) {
            decide();
        } else if (luck < 91) {
            passInBand();
        } else if (luck < 94) {
            repeatTrigger();
        } else if (luck < 97 && faults) {
            place(random.nextBoolean()).failures.add(FAULTS[random.nextInt(FAULTS.length)]);
        } else if (luck < 98 && faults) {
            fixture.opens = random.nextBoolean();
        } else if (luck == 99 && random.nextInt(20) == 0) {
            finish(tasks.get(random.nextInt(TASKS - 1)));
        }
        check();
    }

    /** The JobManager begins a checkpoint: from now on its barrier may come from other processes. */
    private void draw() {
        if (triggered.size() + inBandOnly.size() < 3) {
            CheckpointKind kind = random.nextInt(5) == 0 ? CheckpointKind.SAVEPOINT : CheckpointKind.CHECKPOINT;
            inBandOnly.put(nextCheckpoint++, kind);
        }
    }

    /** The trigger arrives here. */
    private void tell() {
        if (!inBandOnly.isEmpty()) {
            var first = inBandOnly.pollFirstEntry();
            triggered.put(first.getKey(), first.getValue());
            asked.add(first.getKey());
            completionsAtTrigger.put(first.getKey(), completions);
            send(first.getKey(), first.getValue());
        }
    }

    private void send(long checkpoint, CheckpointKind kind) {
        if (kind.isSavepoint()) {
            savepoints.add(checkpoint);
            fixture.trigger(AgentFixture.JOB, checkpoint, kind, "/savepoints");
        } else {
            fixture.trigger(checkpoint);
        }
    }

    private FailingStorage place(boolean savepoints) {
        return fixture.storage(savepoints ? "/savepoints" : AgentFixture.PLACE);
    }

    private static void hear(ModelTask task) {
        Runnable mail = task.mails.poll();
        if (mail != null) {
            mail.run();
        }
    }

    private void passInBand() {
        if (!inBandOnly.isEmpty()) {
            var some = random.nextInt(4) > 0 ? inBandOnly.firstEntry() : inBandOnly.lastEntry();
            tasks.get(random.nextInt(TASKS)).pass(new Barrier(some.getKey(), some.getValue()));
        }
    }

    /** Workers end in any order. */
    private void workOnce() {
        if (!fixture.work.isEmpty()) {
            for (int turns = random.nextInt(fixture.work.size()); turns > 0; turns--) {
                fixture.work.add(fixture.work.remove());
            }
            fixture.work.remove().run();
        }
    }

    private void repeatTrigger() {
        if (!triggered.isEmpty()) {
            var some = random.nextBoolean() ? triggered.firstEntry() : triggered.lastEntry();
            send(some.getKey(), some.getValue());
        }
    }

    /** The JobManager completes what is acknowledged and gives up what is not, or too late. */
    private void decide() {
        if (triggered.isEmpty()) {
            return;
        }
        List<Long> open = new ArrayList<>(triggered.keySet());
        long checkpoint = open.get(random.nextInt(open.size()));
        FromTaskManager answer = answered.get(checkpoint);
        if (answer instanceof CheckpointAcknowledged && random.nextInt(5) > 0) {
            CheckpointKind kind = triggered.remove(checkpoint);
            completions += kind.isSavepoint() ? 0 : 1;
            fixture.completed(checkpoint);
            if (kind.commits()) {
                List<Long> subsumed = triggered.headMap(checkpoint).entrySet().stream()
                        .filter(entry -> !entry.getValue().isSavepoint())
                        .map(Map.Entry::getKey)
                        .toList();
                subsumed.forEach(this::abort);
            }
        } else if (answer instanceof CheckpointDeclined || random.nextInt(6) == 0) {
            abort(checkpoint);
        }
    }

    private void abort(long checkpoint) {
        triggered.remove(checkpoint);
        fixture.aborted(checkpoint);
    }

    private void finish(ModelTask task) {
        if (!task.ended) {
            task.ended = true;
            fixture.agent.onTaskState(task.id, ExecutionState.FINISHED);
        }
    }

    /** No faults from here on; everything that is under way ends. */
    void calm() {
        faults = false;
        fixture.opens = true;
        fixture.storages.values().forEach(storage -> storage.failures.clear());
        while (!inBandOnly.isEmpty()) {
            tell();
        }
        settle();
        List.copyOf(triggered.keySet()).forEach(this::abort);
        settle();
    }

    /** Takes one more checkpoint with nothing in its way. @return its number */
    long triggerAndFinish() {
        long checkpoint = nextCheckpoint++;
        triggered.put(checkpoint, CheckpointKind.CHECKPOINT);
        asked.add(checkpoint);
        send(checkpoint, CheckpointKind.CHECKPOINT);
        settle();
        return checkpoint;
    }

    private void settle() {
        while (!fixture.work.isEmpty() || tasks.stream().anyMatch(task -> !task.mails.isEmpty())) {
            tasks.forEach(CheckpointSchedule::hear);
            workOnce();
            check();
        }
    }

    void endAllTasks() {
        for (ModelTask task : tasks) {
            if (!task.ended) {
                task.ended = true;
                fixture.agent.onTaskState(task.id, ExecutionState.CANCELED);
            }
            fixture.agent.onTaskForgotten(task.id);
        }
        settle();
        check();
    }

    boolean isAcknowledged(long checkpoint) {
        return answered.get(checkpoint) instanceof CheckpointAcknowledged;
    }

    /** Triggers without an answer. */
    Set<Long> unanswered() {
        Set<Long> without = new HashSet<>(asked);
        without.removeAll(answered.keySet());
        return without;
    }

    int opened(CheckpointStorage storage) {
        return opens.getOrDefault(storage, 0);
    }

    private void check() {
        fixture.opened.forEach(storage -> opens.merge(storage, 1, Integer::sum));
        fixture.opened.clear();
        for (; seen < fixture.answers.size(); seen++) {
            FromTaskManager answer = fixture.answers.get(seen);
            long checkpoint = answer instanceof CheckpointAcknowledged ack
                    ? ack.checkpoint()
                    : ((CheckpointDeclined) answer).checkpoint();
            FromTaskManager before = answered.putIfAbsent(checkpoint, answer);
            assertThat(before == null || before.equals(answer))
                    .as("one answer to checkpoint %s", checkpoint)
                    .isTrue();
            if (answer instanceof CheckpointAcknowledged ack) {
                checkParts(ack);
            } else if (answer instanceof CheckpointDeclined declined) {
                checkBase(declined);
            }
        }
    }

    /** What was triggered before its base was overtaken never finds that base forgotten. */
    private void checkBase(CheckpointDeclined declined) {
        if (declined.problem().code().equals(SnapshotErrors.CHECKPOINT_BASE_FORGOTTEN.name())) {
            int known = tasks.get(declined.subtask().index()).knownAt.get(declined.checkpoint());
            assertThat(completionsAtTrigger.get(declined.checkpoint()))
                    .as("complete checkpoints when %s was triggered", declined.checkpoint())
                    .isGreaterThan(known);
        }
    }

    /** Exactly the parts of each task's snapshot, byte for byte, in their order; and no task is missing that runs. */
    private void checkParts(CheckpointAcknowledged ack) {
        Map<SubtaskId, List<String>> read =
                fixture.read(ack, savepoints.contains(ack.checkpoint()) ? "/savepoints" : AgentFixture.PLACE);
        Set<SubtaskId> named = new HashSet<>();
        for (SubtaskAcknowledgement subtask : ack.subtasks()) {
            named.add(subtask.subtask());
            ModelTask task = tasks.get(subtask.subtask().index());
            assertThat(read.get(task.id))
                    .isEqualTo(List.copyOf(task.given.get(ack.checkpoint()).values()));
        }
        for (ModelTask task : tasks) {
            boolean gave = task.given.containsKey(ack.checkpoint());
            assertThat(named.contains(task.id)).as("%s is named", task.id).isEqualTo(gave);
            assertThat(gave || task.ended).isTrue();
        }
    }
}
