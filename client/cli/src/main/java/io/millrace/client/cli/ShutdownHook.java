package io.millrace.client.cli;

import io.millrace.client.cli.outcome.Interruption;
import io.millrace.client.cli.outcome.Interruption.Ending;
import java.util.Map;

/**
 * Runs when the JVM has been asked to end: lets the verb that is at work clean up, then ends the process with the
 * verb's exit code. Java 17 has no way but the deprecated security manager to keep a program's {@code System.exit} from
 * ending the JVM, but the call waits for this hook: the stack of the caller tells it from a signal.
 */
final class ShutdownHook extends Thread {
    /** Longer than any verb needs to stop its processes. */
    private static final long LONGEST_CLEANUP_SECONDS = 60;

    private final Interruption interruption;

    ShutdownHook(Interruption interruption) {
        super("shutdown");
        this.interruption = interruption;
    }

    @Override
    public void run() {
        if (interruption.isFinished()) {
            return;
        }
        interruption.request(ending(), LONGEST_CLEANUP_SECONDS).ifPresent(code -> Runtime.getRuntime()
                .halt(code));
    }

    private static Ending ending() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] stack = thread.getValue();
            for (int i = 0; i < stack.length - 1; i++) {
                if (isExit(stack[i]) && !isExit(stack[i + 1])) {
                    return new Ending.ProgramExit(stack[i + 1]);
                }
            }
        }
        return new Ending.Signal();
    }

    private static boolean isExit(StackTraceElement frame) {
        return frame.getMethodName().equals("exit")
                && (frame.getClassName().equals("java.lang.System")
                        || frame.getClassName().equals("java.lang.Runtime"));
    }
}
