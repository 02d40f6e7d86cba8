package io.millrace.api.plan.builder;

import java.util.List;

/** Finds the line of a job author's program that called the API. */
public final class UserLine {
    /** Callers that stand between the author and the API. */
    private static final List<String> SKIPPED = List.of("io.millrace.api.", "io.millrace.client.connectors.");

    private UserLine() {}

    /** The nearest caller outside the API, as {@code WordCount.java:42}; empty if it was compiled without lines. */
    public static String current() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(UserLine::isUsers).findFirst())
                .filter(frame -> frame.getFileName() != null && frame.getLineNumber() > 0)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static boolean isUsers(StackWalker.StackFrame frame) {
        return SKIPPED.stream().noneMatch(frame.getClassName()::startsWith);
    }
}
