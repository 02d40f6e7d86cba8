package io.millrace.jobmanager.control;

import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What is on its way on streams: in order within each, drawn at random between them. */
final class Queues {

    private Queues() {}

    /** A stream on which something waits; null if there is none. */
    static <T> @Nullable Session any(Map<Session, Deque<T>> queues, Random random) {
        queues.values().removeIf(Deque::isEmpty);
        List<Session> waiting = new ArrayList<>(queues.keySet());
        return waiting.isEmpty() ? null : waiting.get(random.nextInt(waiting.size()));
    }

    /** The first that waits on a stream. */
    static <T> T take(Map<Session, Deque<T>> queues, Session session) {
        Deque<T> queue = queues.getOrDefault(session, new ArrayDeque<>());
        T item = queue.remove();
        if (queue.isEmpty()) {
            queues.remove(session);
        }
        return item;
    }
}
