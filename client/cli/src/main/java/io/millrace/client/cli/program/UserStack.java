package io.millrace.client.cli.program;

import io.millrace.client.cli.jar.MainMethod;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Stacks of the user's program without the frames of its launcher. */
final class UserStack {
    private static final List<String> REFLECTION = List.of("jdk.internal.reflect.", "java.lang.reflect.");

    private UserStack() {}

    /** The exception with its causes as the JVM prints it. Shortens the exception's own stack. */
    static String text(Throwable thrown) {
        thrown.setStackTrace(shorten(thrown.getStackTrace()));
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    /** The innermost frame in a class of the job's own jar. */
    static Optional<StackTraceElement> place(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> String.valueOf(frame.getClassLoaderName()).startsWith("job "))
                .findFirst();
    }

    /** A frame as people look for it: class, method, file and line. */
    static String describe(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }

    private static StackTraceElement[] shorten(StackTraceElement[] stack) {
        int end = 0;
        while (end < stack.length && !stack[end].getClassName().equals(MainMethod.class.getName())) {
            end++;
        }
        while (end > 0 && isReflection(stack[end - 1])) {
            end--;
        }
        return Arrays.copyOf(stack, end);
    }

    private static boolean isReflection(StackTraceElement frame) {
        return REFLECTION.stream().anyMatch(frame.getClassName()::startsWith);
    }
}
