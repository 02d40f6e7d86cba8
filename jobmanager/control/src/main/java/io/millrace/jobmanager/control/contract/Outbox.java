package io.millrace.jobmanager.control.contract;

import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.ToTaskManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the commands that follow from one event, in order. */
public final class Outbox {
    /** Finds the stream on which a TaskManager process is reached now. */
    @FunctionalInterface
    public interface Sessions {
        Optional<Session> sessionOf(PeerAddress taskManager);
    }

    private final Sessions sessions;
    private final List<Command> commands = new ArrayList<>();

    public Outbox(Sessions sessions) {
        this.sessions = sessions;
    }

    public void toSession(Session session, ToTaskManager message) {
        commands.add(new Command.Send(session, message));
    }

    /** Drops the message if the TaskManager is not connected: what it must know is repeated when it registers again. */
    public void toTaskManager(PeerAddress taskManager, ToTaskManager message) {
        sessions.sessionOf(taskManager).ifPresent(session -> toSession(session, message));
    }

    public void close(Session session) {
        commands.add(new Command.Close(session));
    }

    public void handled(Session session) {
        commands.add(new Command.Handled(session));
    }

    /** Answers a request, or sends an item to a follower. */
    public <T> void answer(ReplyTo<T> to, T answer) {
        commands.add(new Command.Answer<>(to, answer));
    }

    public void toStore(CheckpointStore store, CheckpointCommand command) {
        commands.add(new Command.OfCheckpoint(store, command));
    }

    public void toLog(MetadataLog log, LogEntry entry) {
        commands.add(new Command.OfLog(log, entry));
    }

    public List<Command> commands() {
        return commands;
    }
}
