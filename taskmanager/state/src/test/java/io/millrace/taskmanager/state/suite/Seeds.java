package io.millrace.taskmanager.state.suite;

import java.util.function.LongConsumer;

/** Runs with numbers drawn from seeds; a run that fails says its seed. */
final class Seeds {

    private Seeds() {}

    static void run(int runs, LongConsumer test) {
        for (long seed = 1; seed <= Math.max(1, runs); seed++) {
            try {
                test.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
