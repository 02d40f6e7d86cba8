package io.millrace.jobmanager.control.log;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state that the metadata log describes: entries in, jobs out. Entries of a job that has ended, or is not known,
 * say nothing. Belongs to whoever reads or writes the log.
 */
public final class LoggedJobs {
    /** How many ended jobs of which nothing is kept are remembered, for people. */
    static final int MOST_CLEANED = 100;

    private final Map<JobId, LoggedJob> jobs = new LinkedHashMap<>();

    /** Takes the next entry of the log. */
    public void apply(LogEntry entry) {
        LoggedJob job = jobs.get(entry.job());
        if (entry instanceof LogEntry.Submitted submitted) {
            jobs.putIfAbsent(entry.job(), begin(submitted));
        } else if (job != null && entry instanceof LogEntry.Cleaned) {
            job.end().ifPresent(end -> clean(job, end));
        } else if (job != null && job.isLive()) {
            jobs.put(job.id(), after(job, entry));
        }
    }

    /** In order of their submission. */
    public List<LoggedJob> jobs() {
        return List.copyOf(jobs.values());
    }

    /** Entries that say the same, and nothing that no longer matters. */
    public List<LogEntry> compacted() {
        List<LogEntry> entries = new ArrayList<>();
        for (LoggedJob job : jobs.values()) {
            entries.add(
                    new LogEntry.Submitted(job.id(), job.graph(), job.place(), job.submittedAtEpochMs(), job.origin()));
            if (job.run() > 1) {
                entries.add(new LogEntry.RunStarted(job.id(), job.run(), job.idsEnd()));
            }
            entries.add(new LogEntry.IdsReserved(job.id(), job.idsEnd()));
            job.pointers().forEach(pointer -> entries.add(new LogEntry.Completed(job.id(), pointer, List.of())));
            job.end().ifPresent(end -> {
                List<Long> kept = job.pointers().stream()
                        .map(CheckpointPointer::checkpoint)
                        .toList();
                entries.add(new LogEntry.Ended(job.id(), end.status(), end.atEpochMs(), kept, end.failure()));
                if (end.cleaned()) {
                    entries.add(new LogEntry.Cleaned(job.id()));
                }
            });
        }
        return entries;
    }

    /** Of ended jobs of which nothing is kept the oldest are forgotten. */
    private void clean(LoggedJob job, LoggedJob.End end) {
        LoggedJob.End cleaned = new LoggedJob.End(end.status(), end.atEpochMs(), end.failure(), true);
        jobs.put(job.id(), with(job, job.run(), job.idsEnd(), job.pointers(), Optional.of(cleaned)));
        List<LoggedJob> forgettable = jobs.values().stream()
                .filter(one -> one.pointers().isEmpty()
                        && one.end().filter(LoggedJob.End::cleaned).isPresent())
                .toList();
        if (forgettable.size() > MOST_CLEANED) {
            jobs.remove(forgettable.get(0).id());
        }
    }

    /** In place of the graph of a job that has ended: nobody needs more of it, and it may be large. */
    private static JobGraph nameOnly(JobGraph graph) {
        return new JobGraph(JobGraph.FORMAT_VERSION, graph.name(), List.of(), List.of(), List.of(), Map.of());
    }

    private static LoggedJob begin(LogEntry.Submitted entry) {
        return new LoggedJob(
                entry.job(),
                entry.graph(),
                entry.place(),
                entry.atEpochMs(),
                entry.origin(),
                1,
                entry.idsNext() + LogEntry.IDS_PER_BLOCK,
                List.of(),
                Optional.empty());
    }

    private static LoggedJob after(LoggedJob job, LogEntry entry) {
        if (entry instanceof LogEntry.RunStarted started) {
            int run = Math.max(job.run(), started.run());
            long idsEnd = Math.max(job.idsEnd(), started.idsEnd());
            return with(job, run, idsEnd, job.pointers(), Optional.empty());
        } else if (entry instanceof LogEntry.IdsReserved reserved) {
            long idsEnd = Math.max(job.idsEnd(), reserved.end());
            return with(job, job.run(), idsEnd, job.pointers(), Optional.empty());
        } else if (entry instanceof LogEntry.Completed completed) {
            return with(job, job.run(), job.idsEnd(), pointersAfter(job, completed), Optional.empty());
        } else if (entry instanceof LogEntry.Ended ended) {
            List<CheckpointPointer> kept = job.pointers().stream()
                    .filter(pointer -> ended.kept().contains(pointer.checkpoint()))
                    .toList();
            LoggedJob.End end = new LoggedJob.End(ended.status(), ended.atEpochMs(), ended.failure(), false);
            return with(job, job.run(), job.idsEnd(), kept, Optional.of(end));
        }
        return job;
    }

    /** A savepoint that stops nothing is its user's alone. Of those that do, only the last can be recovered from. */
    private static List<CheckpointPointer> pointersAfter(LoggedJob job, LogEntry.Completed completed) {
        CheckpointPointer pointer = completed.pointer();
        TreeMap<Long, CheckpointPointer> pointers = new TreeMap<>();
        for (CheckpointPointer known : job.pointers()) {
            boolean follows =
                    pointer.kind().stopsJob() && known.kind().stopsJob() && known.checkpoint() < pointer.checkpoint();
            if (!completed.subsumed().contains(known.checkpoint()) && !follows) {
                pointers.put(known.checkpoint(), known);
            }
        }
        if (pointer.kind() != CheckpointKind.SAVEPOINT) {
            pointers.put(pointer.checkpoint(), pointer);
        }
        return List.copyOf(pointers.values());
    }

    private static LoggedJob with(
            LoggedJob job, int run, long idsEnd, List<CheckpointPointer> pointers, Optional<LoggedJob.End> end) {
        JobGraph graph = end.isPresent() ? nameOnly(job.graph()) : job.graph();
        return new LoggedJob(
                job.id(), graph, job.place(), job.submittedAtEpochMs(), job.origin(), run, idsEnd, pointers, end);
    }
}
