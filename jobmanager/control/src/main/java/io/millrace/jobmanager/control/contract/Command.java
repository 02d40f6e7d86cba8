package io.millrace.jobmanager.control.contract;

import io.millrace.common.graph.gateway.ToTaskManager;

/** What the control plane wants done outside itself. Executed in order, without blocking. */
public sealed interface Command {

    /** What a command needs of the process around the control plane. */
    interface Executor {
        /** Sends a message on a gateway stream; one that has ended is ignored. */
        void send(Session session, ToTaskManager message);

        /** Ends a gateway stream; one that has ended is ignored. */
        void close(Session session);
    }

    void execute(Executor executor);

    record Send(Session session, ToTaskManager message) implements Command {
        @Override
        public void execute(Executor executor) {
            executor.send(session, message);
        }
    }

    record Close(Session session) implements Command {
        @Override
        public void execute(Executor executor) {
            executor.close(session);
        }
    }

    /** One answer to a request, or one item for a follower. */
    record Answer<T>(ReplyTo<T> to, T answer) implements Command {
        @Override
        public void execute(Executor executor) {
            to.send(answer);
        }
    }
}
