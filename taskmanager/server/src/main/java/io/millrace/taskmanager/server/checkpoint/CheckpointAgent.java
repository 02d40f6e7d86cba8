package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointAborted;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.SegmentsWritten;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.SnapshotTaken;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent.StorageOpened;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A TaskManager's share of all checkpoints: has barriers announced, gathers the snapshots of the tasks here, has them
 * stored together, and answers the JobManager once per trigger. It decides only and belongs to the supervisor's thread;
 * slots and workers are handed in.
 *
 * <p>The one rule: an acknowledgement names parts whose bytes are in the storage, and nothing else.
 */
public final class CheckpointAgent {
    private final Barriers barriers;
    private final SegmentStore store;
    private final Clock clock;
    private final Consumer<FromTaskManager> answers;
    private final OpenStorages storages;
    private final Map<RunOfJob, RunCheckpoints> runs = new LinkedHashMap<>();

    /** @param answers takes what the JobManager is to be told; what is lost on the way is asked for again */
    public CheckpointAgent(Barriers barriers, SegmentStore store, Clock clock, Consumer<FromTaskManager> answers) {
        this.barriers = barriers;
        this.store = store;
        this.clock = clock;
        this.answers = answers;
        this.storages = new OpenStorages(store);
    }

    /**
     * A task is here and in this state. What its end means for a checkpoint is answered at once, so the JobManager has
     * to be told of the end before.
     */
    public void onTaskState(SubtaskId task, ExecutionState state) {
        RunOfJob run = RunOfJob.of(task);
        runs.computeIfAbsent(run, key -> new RunCheckpoints(run, barriers, store, storages, clock, answers))
                .onTaskState(task, state);
        settle(task.job());
    }

    /** The task is no longer accounted for. After the last one all is forgotten that is not still being written. */
    public void onTaskForgotten(SubtaskId task) {
        RunCheckpoints run = runs.get(RunOfJob.of(task));
        if (run != null) {
            run.onTaskForgotten(task);
            settle(task.job());
        }
    }

    /** One of a run that has no tasks here is dropped: nobody waits for an answer. */
    public void onTrigger(TriggerCheckpoint trigger) {
        RunCheckpoints run = runs.get(new RunOfJob(trigger.job(), trigger.run()));
        if (run != null) {
            run.onTrigger(trigger);
            settle(trigger.job());
        }
    }

    public void onCompleted(CheckpointCompleted message) {
        RunCheckpoints run = runs.get(new RunOfJob(message.job(), message.run()));
        if (run != null) {
            run.onCompleted(message.checkpoint());
            settle(message.job());
        }
    }

    public void onAborted(CheckpointAborted message) {
        RunCheckpoints run = runs.get(new RunOfJob(message.job(), message.run()));
        if (run != null) {
            run.onAborted(message.checkpoint(), message.reason());
            settle(message.job());
        }
    }

    public void on(CheckpointEvent event) {
        if (event instanceof SnapshotTaken taken) {
            RunCheckpoints run = runs.get(RunOfJob.of(taken.task()));
            if (run != null) {
                run.onSnapshot(taken.task(), taken.snapshot());
                settle(taken.task().job());
            }
        } else if (event instanceof StorageOpened opened) {
            onOpened(opened.job(), opened.place(), opened.storage());
            settle(opened.job());
        } else if (event instanceof SegmentsWritten written) {
            RunCheckpoints run = runs.get(written.run());
            if (run != null) {
                run.onWritten(written.checkpoint(), written.parts());
                settle(written.run().job());
            }
        }
    }

    private void onOpened(JobId job, StorageLocation place, Outcome<CheckpointStorage> outcome) {
        if (outcome instanceof Outcome.Success<CheckpointStorage> success) {
            storages.opened(job, place, success.value());
            of(job).forEach(run -> run.onOpened(place, success.value()));
        } else if (outcome instanceof Outcome.Failure<CheckpointStorage> failure) {
            Problem problem = failure.problem();
            storages.notOpened(job, place);
            of(job).forEach(run -> run.onNotOpened(place, problem));
        }
    }

    private List<RunCheckpoints> of(JobId job) {
        return runs.entrySet().stream()
                .filter(entry -> entry.getKey().job().equals(job))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Lets go of runs that are over and of storages that the rest of the job does not need. */
    private void settle(JobId job) {
        runs.entrySet()
                .removeIf(entry ->
                        entry.getKey().job().equals(job) && entry.getValue().isOver());
        Set<StorageLocation> needed = new HashSet<>();
        of(job).forEach(run -> needed.addAll(run.places()));
        storages.closeAllBut(job, needed);
    }

    /** The oldest checkpoint that has yet to get a task's snapshot; 0: none has. */
    public long awaitedOf(SubtaskId task) {
        RunCheckpoints run = runs.get(RunOfJob.of(task));
        return run == null ? 0 : run.awaitedOf(task);
    }

    /** Whether nothing is kept of any run. */
    public boolean isEmpty() {
        return runs.isEmpty() && storages.isEmpty();
    }

    /** How many snapshots, answers and located parts are kept; for tests of what is let go. */
    int kept() {
        return runs.values().stream().mapToInt(RunCheckpoints::kept).sum();
    }
}
