package io.millrace.taskmanager.network.memory;

import java.util.ArrayDeque;

/** Messages of one channel in one direction that are on their way, oldest first. */
final class Lane {
    private final ArrayDeque<Runnable> messages = new ArrayDeque<>();
    private boolean cut;

    void add(Runnable message) {
        messages.add(message);
    }

    Runnable remove() {
        return messages.remove();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** What is on its way is lost, and so is what is sent from now on. */
    void cut() {
        messages.clear();
        cut = true;
    }

    boolean isCut() {
        return cut;
    }
}
