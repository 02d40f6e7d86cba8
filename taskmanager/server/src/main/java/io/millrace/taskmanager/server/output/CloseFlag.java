package io.millrace.taskmanager.server.output;

import io.millrace.common.core.concurrent.Published;

/** Set once by the end that stops writing; what was written before is visible to who sees it set. */
final class CloseFlag {
    private final Published<Boolean> set = new Published<>(false);

    void set() {
        set.publish(true);
    }

    boolean isSet() {
        return set.read();
    }
}
