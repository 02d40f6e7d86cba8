package io.millrace.jobmanager.control.contract;

import io.millrace.common.graph.gateway.ToTaskManager;

/**
 * One gateway stream, from its opening to its end. A TaskManager that connects again has a new session. Compared by
 * identity; its methods are called by whoever executes the commands, and do nothing once the stream has ended.
 */
public interface Session {
    void send(ToTaskManager message);

    /** Ends the stream after what was sent. {@link Event.SessionClosed} follows unless it came before. */
    void close();

    /** One message of the stream was handled: one more may come. Bounds what waits to be handled. */
    void handled();
}
