package io.millrace.jobmanager.control;

import io.millrace.common.core.id.JobId;
import io.millrace.jobmanager.control.checkpoint.CheckpointCleanup;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.job.JobEntries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs that have ended and whose checkpoints are being cleaned up. Belongs to the dispatcher. */
final class Cleanups {
    private static final Logger LOG = LoggerFactory.getLogger(Cleanups.class);

    private final JobEntries entries;
    private final Map<JobId, CheckpointCleanup> cleanups = new LinkedHashMap<>();

    Cleanups(ControlServices services) {
        this.entries = new JobEntries(services.log());
    }

    void begin(CheckpointCleanup cleanup, Outbox out) {
        cleanups.put(cleanup.job(), cleanup);
        cleanup.begin(out);
    }

    void on(CheckpointEvent event, Moment now, Outbox out) {
        CheckpointCleanup cleanup = cleanups.get(event.job());
        if (cleanup != null) {
            cleanup.on(event, now, out);
            conclude(cleanup, out);
        }
    }

    void onAppendFailed(Event.AppendFailed event, Moment now) {
        entries.onFailed(event, now);
    }

    void onTime(Moment now, Outbox out) {
        entries.onTime(now, out);
        List.copyOf(cleanups.values()).forEach(cleanup -> cleanup.onTime(now, out));
    }

    long nextDeadlineNanos() {
        long next = entries.nextDeadlineNanos();
        for (CheckpointCleanup cleanup : cleanups.values()) {
            next = Math.min(next, cleanup.nextDeadlineNanos());
        }
        return next;
    }

    boolean isEmpty() {
        return cleanups.isEmpty();
    }

    private void conclude(CheckpointCleanup cleanup, Outbox out) {
        if (cleanup.isDone()) {
            cleanups.remove(cleanup.job());
            entries.append(new LogEntry.Cleaned(cleanup.job()), out);
        } else if (cleanup.isHopeless()) {
            cleanups.remove(cleanup.job());
            LOG.warn("job={} event=not-cleaned reason=\"a manifest that is kept cannot be read\"", cleanup.job());
        }
    }
}
