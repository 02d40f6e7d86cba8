package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this TaskManager takes what it is told of checkpoints: its tasks take no snapshots, so it declines them all. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private Checkpoints() {}

    /** The answer to a trigger; empty if no task of that job and run is here: nobody waits for one then. */
    static Optional<CheckpointDeclined> answer(TriggerCheckpoint trigger, Collection<SubtaskId> tasks) {
        return tasks.stream()
                .filter(task -> task.job().equals(trigger.job()) && task.run() == trigger.run())
                .findFirst()
                .map(task ->
                        new CheckpointDeclined(trigger.job(), trigger.run(), trigger.checkpoint(), task, problem()));
    }

    /** Nothing here waits for the fate of a checkpoint. */
    static void ignore(JobId job, long checkpoint, String fate) {
        LOG.debug("job={} checkpoint={} event={}", job, checkpoint, fate);
    }

    private static Problem problem() {
        return Problem.of(TaskManagerErrors.CHECKPOINT_NOT_SUPPORTED, "This TaskManager takes no checkpoints")
                .because("Its tasks cannot snapshot their state in this version")
                .fix("Turn checkpoints off for the job: checkpoint.interval=0ms");
    }
}
