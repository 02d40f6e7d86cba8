package io.millrace.jobmanager.server.mail;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.jobmanager.control.contract.Event;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers for the control agent, which keeps those that its mailbox has no room for. Belongs to the agent that answers.
 */
public final class PatientPoster {
    private final Mailbox<Event> control;
    private final Deque<Event> waiting = new ArrayDeque<>();

    public PatientPoster(Mailbox<Event> control) {
        this.control = control;
    }

    public void add(Event event) {
        waiting.add(event);
    }

    /** @return how many were posted */
    public int post() {
        int posted = 0;
        while (!waiting.isEmpty() && control.post(waiting.getFirst())) {
            waiting.removeFirst();
            posted++;
        }
        return posted;
    }
}
