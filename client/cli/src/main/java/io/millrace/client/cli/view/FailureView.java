package io.millrace.client.cli.view;

import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.graph.execution.Failure;
import java.util.ArrayList;
import java.util.List;

/** Why a job failed: the first cause with the user's stack, then how many others there are. */
public final class FailureView {

    private FailureView() {}

    /**
     * @param failures the first cause, then others
     * @param moreWith the command that shows the others
     */
    public static void show(Terminal terminal, List<Failure> failures, String moreWith) {
        if (failures.isEmpty()) {
            return;
        }
        showOne(terminal, failures.get(0));
        int others = failures.size() - 1;
        if (terminal.verbose()) {
            failures.stream().skip(1).forEach(failure -> showOne(terminal, failure));
        } else if (others > 0) {
            terminal.note("... and " + others + (others == 1 ? " failure" : " failures") + " after it: " + moreWith);
        }
    }

    private static void showOne(Terminal terminal, Failure failure) {
        terminal.problem(failure.problem());
        String place = place(failure);
        if (!place.isEmpty()) {
            terminal.note("  in:    " + place);
        }
        if (!failure.stackTrace().isEmpty()) {
            terminal.note(failure.stackTrace().stripTrailing());
        }
    }

    /** Subtask and TaskManager in words; empty if the failure is of the job as a whole. */
    static String place(Failure failure) {
        List<String> parts = new ArrayList<>();
        if (failure.subtask() != null) {
            parts.add("subtask " + (failure.subtask().index() + 1) + " of '" + failure.vertexName() + "'");
        }
        if (!failure.taskManager().isEmpty()) {
            parts.add("on " + failure.taskManager());
        }
        return String.join(" ", parts);
    }
}
