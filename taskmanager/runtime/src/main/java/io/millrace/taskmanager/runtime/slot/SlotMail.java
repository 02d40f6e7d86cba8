package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.task.Chain;

/** What a slot is asked to do or told. */
sealed interface SlotMail {

    record Deploy(SubtaskDeployment deployment, JobCode code) implements SlotMail {}

    /** A worker has built a task's chain. */
    record Built(SubtaskId task, Chain chain) implements SlotMail {}

    /** A worker could not build a task's chain; nothing of it is left. */
    record NotBuilt(SubtaskId task, Throwable failure) implements SlotMail {}

    record Start(SubtaskId task) implements SlotMail {}

    /** A task that was alone on a thread is to share the slot's again; its own has ended. */
    record Back(Occupant occupant) implements SlotMail {}

    /** A barrier is on its way to a task. */
    record Announce(SubtaskId task, Barrier barrier) implements SlotMail {}

    /** A checkpoint was given up. */
    record GiveUp(SubtaskId task, long checkpoint) implements SlotMail {}

    /** A checkpoint will be there whatever happens. */
    record Completed(SubtaskId task, Barrier barrier) implements SlotMail {}

    record Cancel(SubtaskId task) implements SlotMail {}
}
