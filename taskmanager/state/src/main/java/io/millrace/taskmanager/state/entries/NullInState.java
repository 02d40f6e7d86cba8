package io.millrace.taskmanager.state.entries;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.state.StateErrors;
import org.jspecify.annotations.Nullable;

/** The check that nothing null gets into lists, maps and aggregates. */
public final class NullInState {

    private NullInState() {}

    public static void check(@Nullable Object value, String call) {
        if (value == null) {
            throw Problem.of(StateErrors.STATE_NULL_ELEMENT, call + " was given null")
                    .because("Lists, map keys and aggregates hold no nulls")
                    .fix("Leave the call out, or use a value that stands for nothing")
                    .asException();
        }
    }
}
