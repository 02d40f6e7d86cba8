package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.execution.Failure;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.Moment;

/** Failures of one subtask that the JobManager finds, as against those that its TaskManager reports. */
final class SubtaskFailure {

    private SubtaskFailure() {}

    /** A placed subtask ended or vanished though nobody asked for it. */
    static Failure lost(Subtask subtask, String why, Moment now) {
        Problem problem = Problem.of(ControlError.TASK_LOST, "Subtask " + nameOf(subtask) + " is gone")
                .because(why)
                .fix("Look at the TaskManager's log; submit the job again");
        return at(subtask, problem, now);
    }

    /** The TaskManager of a placed subtask said what a correct one never says. */
    static Failure violation(Subtask subtask, String what, Moment now) {
        Problem problem = Problem.of(ControlError.PROTOCOL_VIOLATION, "Subtask " + nameOf(subtask) + " " + what)
                .fix("Use the same Millrace version everywhere; if it is, report this as a bug");
        return at(subtask, problem, now);
    }

    private static Failure at(Subtask subtask, Problem problem, Moment now) {
        String taskManager = subtask.placement().taskManager().taskManager().name();
        return new Failure(problem, "", subtask.id(), subtask.vertex().name(), taskManager, now.epochMs(), "");
    }

    private static String nameOf(Subtask subtask) {
        int number = subtask.id().index() + 1;
        return number + "/" + subtask.vertex().parallelism() + " of '"
                + subtask.vertex().name() + "'";
    }
}
