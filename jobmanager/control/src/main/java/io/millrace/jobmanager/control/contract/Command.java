package io.millrace.jobmanager.control.contract;

import io.millrace.common.graph.gateway.ToTaskManager;

/** What the control plane wants done outside itself. Executed in order, without blocking. */
public sealed interface Command {

    void execute();

    record Send(Session session, ToTaskManager message) implements Command {
        @Override
        public void execute() {
            session.send(message);
        }
    }

    record Close(Session session) implements Command {
        @Override
        public void execute() {
            session.close();
        }
    }

    record Handled(Session session) implements Command {
        @Override
        public void execute() {
            session.handled();
        }
    }

    /** One answer to a request, or one item for a follower. */
    record Answer<T>(ReplyTo<T> to, T answer) implements Command {
        @Override
        public void execute() {
            to.send(answer);
        }
    }

    /** I/O for a job's checkpoints, done elsewhere; a {@link CheckpointEvent} follows. */
    record OfCheckpoint(CheckpointStore store, CheckpointCommand command) implements Command {
        @Override
        public void execute() {
            store.execute(command);
        }
    }

    /** An entry of the metadata log; {@link Event.Appended} or {@link Event.AppendFailed} follows. */
    record OfLog(MetadataLog log, LogEntry entry) implements Command {
        @Override
        public void execute() {
            log.append(entry);
        }
    }
}
