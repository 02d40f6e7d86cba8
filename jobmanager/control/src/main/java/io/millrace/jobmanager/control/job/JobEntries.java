package io.millrace.jobmanager.control.job;

import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.MetadataLog;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job has to say in the metadata log; an entry that could not be appended is asked for again until it is. */
public final class JobEntries {
    private static final Logger LOG = LoggerFactory.getLogger(JobEntries.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MetadataLog log;
    private final List<LogEntry> failed = new ArrayList<>();

    private long retryAtNanos = Long.MAX_VALUE;

    public JobEntries(MetadataLog log) {
        this.log = log;
    }

    public void append(LogEntry entry, Outbox out) {
        out.toLog(log, entry);
    }

    public void onFailed(Event.AppendFailed event, Moment now) {
        LOG.error(
                "job={} event=not-logged entry={} code={} what=\"{}\" why=\"{}\"",
                event.entry().job(),
                event.entry().getClass().getSimpleName(),
                event.problem().code(),
                event.problem().what(),
                event.problem().why());
        failed.add(event.entry());
        retryAtNanos = now.nanos() + RETRY_NANOS;
    }

    public void onTime(Moment now, Outbox out) {
        if (now.reached(retryAtNanos)) {
            retryAtNanos = Long.MAX_VALUE;
            List<LogEntry> again = List.copyOf(failed);
            failed.clear();
            again.forEach(entry -> append(entry, out));
        }
    }

    public long nextDeadlineNanos() {
        return retryAtNanos;
    }
}
