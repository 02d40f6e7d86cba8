package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.state.StateErrors;
import org.jspecify.annotations.Nullable;

/** The check that no null gets into a list, or becomes a key. */
final class NullElement {

    private NullElement() {}

    static void check(@Nullable Object value, String call) {
        if (value == null) {
            throw Problem.of(StateErrors.STATE_NULL_ELEMENT, call + " was given null")
                    .because("Lists and map keys hold no nulls")
                    .fix("Leave the call out, or use a value that stands for nothing")
                    .asException();
        }
    }
}
