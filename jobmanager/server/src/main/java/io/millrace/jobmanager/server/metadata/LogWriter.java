package io.millrace.jobmanager.server.metadata;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.MillraceException;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.MetadataLog;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.server.mail.PatientPoster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the metadata log on a thread of its own, whose steps may block: all entries that wait are made durable at once
 * and answered in their order.
 */
public final class LogWriter implements Agent, MetadataLog {
    private static final int ENTRIES_AT_ONCE = 256;
    private static final int CAPACITY = 1 << 20;
    private static final long LEAST_ROTATION_BYTES = 4L << 20;

    private final LogFile file;
    private final Mailbox<LogEntry> entries;
    private final PatientPoster answers;

    private LogWriter(LogFile file, Mailbox<LogEntry> entries, PatientPoster answers) {
        this.file = file;
        this.entries = entries;
        this.answers = answers;
    }

    /**
     * Opens the log.
     *
     * @param signal of the host that will step this agent
     * @param control where answers go
     * @throws MillraceException if the log cannot be had, or is damaged
     */
    public static LogWriter open(Path directory, Signal signal, Mailbox<Event> control) {
        Mailbox<LogEntry> entries = Mailbox.growing("metadata-log", ENTRIES_AT_ONCE, CAPACITY, signal);
        return new LogWriter(LogFile.open(directory, LEAST_ROTATION_BYTES), entries, new PatientPoster(control));
    }

    /** What the log says. To be asked before this agent is hosted. */
    public List<LoggedJob> jobs() {
        return file.jobs().jobs();
    }

    @Override
    public void append(LogEntry entry) {
        if (!entries.post(entry)) {
            throw new IllegalStateException("Invariant broken: the metadata log is " + CAPACITY + " entries behind");
        }
    }

    @Override
    public String name() {
        return "metadata-log";
    }

    @Override
    public int step(long nowNanos) {
        int posted = answers.post();
        List<LogEntry> batch = new ArrayList<>();
        for (LogEntry next = entries.poll(); next != null; next = entries.poll()) {
            batch.add(next);
            if (batch.size() == ENTRIES_AT_ONCE) {
                break;
            }
        }
        if (!batch.isEmpty()) {
            append(batch);
            answers.post();
        }
        return posted + batch.size();
    }

    @Override
    public void onClose() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(List<LogEntry> batch) {
        try {
            file.append(batch);
            batch.forEach(entry -> answers.add(new Event.Appended(entry)));
        } catch (MillraceException e) {
            boolean known = e.problem().code().equals(MetadataError.METADATA_LOG_FAILED.name());
            batch.forEach(entry -> answers.add(new Event.AppendFailed(entry, e.problem(), known)));
        }
    }
}
