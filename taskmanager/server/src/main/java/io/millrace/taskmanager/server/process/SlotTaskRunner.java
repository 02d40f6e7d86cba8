package io.millrace.taskmanager.server.process;

import io.millrace.api.types.SerializerFactory;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.slot.Slot;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.task.TaskFailure;
import io.millrace.taskmanager.runtime.task.TaskListener;
import io.millrace.taskmanager.runtime.task.TaskState;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import io.millrace.taskmanager.server.checkpoint.Barriers;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import io.millrace.taskmanager.server.supervisor.TaskManagerErrors;
import io.millrace.taskmanager.server.supervisor.TaskRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in slots. The runner's methods and maps belong to the supervisor's thread; slots call back on their own
 * threads, and what they say is posted to the supervisor.
 */
final class SlotTaskRunner implements TaskRunner, Barriers {
    private final String taskManager;
    private final Clock clock;
    private final Mailbox<SupervisorEvent> supervisor;
    private final ProgressMeter meter;
    private final Map<SubtaskId, Running> tasks = new HashMap<>();
    private final Map<JobId, JobCode> jobs = new HashMap<>();
    private List<Slot> slots = List.of();

    /** Where a task is and what it is called. */
    private record Running(Slot slot, String vertexName) {}

    SlotTaskRunner(String taskManager, Clock clock, Mailbox<SupervisorEvent> supervisor) {
        this.taskManager = taskManager;
        this.clock = clock;
        this.supervisor = supervisor;
        this.meter = new ProgressMeter(clock);
    }

    /** Hands the slots over, before the first task. */
    void useSlots(List<Slot> allSlots) {
        slots = List.copyOf(allSlots);
    }

    @Override
    public void deploy(SubtaskDeployment deployment, ClassLoader userCode) {
        if (deployment.slot() < 0 || deployment.slot() >= slots.size()) {
            refuse(
                    deployment,
                    Problem.of(TaskManagerErrors.NO_SUCH_SLOT, "There is no slot " + deployment.slot())
                            .because("This TaskManager has " + slots.size()));
            return;
        }
        JobCode code = codeOf(deployment.id().job(), userCode);
        Slot slot = slots.get(deployment.slot());
        tasks.put(deployment.id(), new Running(slot, deployment.vertex().name()));
        if (!slot.deploy(deployment, code)) {
            refuse(
                    deployment,
                    Problem.of(TaskManagerErrors.SLOT_OVERLOADED, slot.name() + " takes no more tasks")
                            .fix("Add TaskManagers or slots"));
        }
    }

    /** Serializers are generated per class loader: a loader that was closed and opened again starts afresh. */
    private JobCode codeOf(JobId job, ClassLoader userCode) {
        JobCode known = jobs.get(job);
        if (known == null || known.userClassLoader() != userCode) {
            known = new JobCode(userCode, SerializerFactory.create());
            jobs.put(job, known);
        }
        return known;
    }

    private void refuse(SubtaskDeployment deployment, Problem problem) {
        tasks.remove(deployment.id());
        Failure failure = new Failure(
                problem, "", deployment.id(), deployment.vertex().name(), taskManager, clock.epochMillis(), "");
        post(new SupervisorEvent.TaskStateChanged(deployment.id(), ExecutionState.FAILED, failure, null));
    }

    @Override
    public void start(SubtaskId subtask) {
        Running running = tasks.get(subtask);
        if (running != null) {
            Check.invariant(running.slot().start(subtask), "a slot's mailbox has room for a start");
        }
    }

    @Override
    public void cancel(SubtaskId subtask) {
        Running running = tasks.get(subtask);
        if (running != null) {
            Check.invariant(running.slot().cancel(subtask), "a slot's mailbox has room for a cancel");
        }
    }

    @Override
    public void announce(SubtaskId subtask, Barrier barrier) {
        Running running = tasks.get(subtask);
        if (running != null) {
            Check.invariant(running.slot().announce(subtask, barrier), "a slot's mailbox has room for a barrier");
        }
    }

    @Override
    public void giveUp(SubtaskId subtask, long checkpoint) {
        Running running = tasks.get(subtask);
        if (running != null) {
            Check.invariant(running.slot().giveUp(subtask, checkpoint), "a slot's mailbox has room for an abort");
        }
    }

    @Override
    public void completed(SubtaskId subtask, Barrier barrier) {
        Running running = tasks.get(subtask);
        if (running != null) {
            Check.invariant(running.slot().completed(subtask, barrier), "a slot's mailbox has room for a completion");
        }
    }

    @Override
    public void ended(SubtaskId subtask) {
        tasks.remove(subtask);
        if (tasks.keySet().stream().noneMatch(task -> task.job().equals(subtask.job()))) {
            jobs.remove(subtask.job());
        }
    }

    @Override
    public List<TaskProgress> progress() {
        List<TaskStatistics> statistics = new ArrayList<>();
        slots.forEach(slot -> statistics.addAll(slot.statistics()));
        return meter.measure(statistics);
    }

    private void post(SupervisorEvent event) {
        Check.invariant(supervisor.post(event), "the supervisor's mailbox has room for a task's news");
    }

    /** The listener of all slots; its methods run on the slots' threads. */
    TaskListener listener() {
        return new TaskListener() {
            @Override
            public void onState(SubtaskId task, TaskState state, TaskStatistics statistics) {
                switch (state) {
                    case DEPLOYED -> post(news(task, ExecutionState.INITIALIZING, null));
                    case RUNNING -> post(news(task, ExecutionState.RUNNING, null));
                    case FINISHED -> post(news(task, ExecutionState.FINISHED, ProgressMeter.last(statistics)));
                    case CANCELED -> post(news(task, ExecutionState.CANCELED, ProgressMeter.last(statistics)));
                    case CREATED, CANCELING, FAILED -> {
                        // The supervisor knows the first two before the slot does; a failure comes with its cause.
                    }
                }
            }

            @Override
            public void onSnapshot(SubtaskId task, TaskSnapshot snapshot) {
                post(new SupervisorEvent.OfCheckpoint(new CheckpointEvent.SnapshotTaken(task, snapshot)));
            }

            @Override
            public void onEnded(SubtaskId task) {
                post(new SupervisorEvent.TaskEnded(task));
            }

            @Override
            public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics) {
                Failure report = new Failure(
                        failure.problem(), failure.stackTrace(), task, "", taskManager, clock.epochMillis(), "");
                post(new SupervisorEvent.TaskStateChanged(
                        task, ExecutionState.FAILED, report, ProgressMeter.last(statistics)));
            }
        };
    }

    private static SupervisorEvent news(SubtaskId task, ExecutionState state, @Nullable TaskProgress last) {
        return new SupervisorEvent.TaskStateChanged(task, state, null, last);
    }
}
