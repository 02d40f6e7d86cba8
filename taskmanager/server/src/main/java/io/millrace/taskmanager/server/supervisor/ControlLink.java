package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.id.Epoch;
import io.millrace.common.graph.gateway.FromTaskManager;

/**
 * The ordered stream to the JobManager, as the supervisor uses it. Calls return at once; what happens is told by
 * {@link SupervisorEvent.LinkOpened}, {@link SupervisorEvent.LinkClosed} and {@link SupervisorEvent.Received}.
 */
public interface ControlLink {

    /**
     * Opens a stream. {@code attempt} comes back with each event of that stream, so that those of an older one are told
     * apart.
     */
    void open(long attempt);

    /** Sends on the open stream; without effect if there is none. */
    void send(Epoch epoch, FromTaskManager message);

    /** Ends the stream; what was sent may be lost. Without effect if there is none. */
    void close();

    /** Ends the stream after what was sent; without effect if there is none. */
    void finish();
}
