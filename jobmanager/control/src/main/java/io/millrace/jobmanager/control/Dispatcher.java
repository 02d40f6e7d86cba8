package io.millrace.jobmanager.control;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.checkpoint.CheckpointCleanup;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.job.JobMaster;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.resource.ResourceManager;
import io.millrace.jobmanager.control.resource.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the jobs: accepts them, answers for them, gives waiting ones their slots in order of submission, and keeps a
 * bounded archive of those that ended. Belongs to the control agent.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final ControlSettings settings;
    private final ResourceManager resources;
    private final ControlServices services;
    private final LostJobs lost;
    private final Cleanups cleanups;
    private final Submissions submissions;

    /** In order of submission. */
    private final Map<JobId, TrackedJob> live = new LinkedHashMap<>();

    /** In order of their end. */
    private final Map<JobId, TrackedJob> ended = new LinkedHashMap<>();

    /** Jobs that something happened to since the last {@link #settle}. */
    private final Set<TrackedJob> touched = new LinkedHashSet<>();

    Dispatcher(ControlSettings settings, ControlServices services, ResourceManager resources) {
        this.settings = settings;
        this.services = services;
        this.cleanups = new Cleanups(services);
        this.submissions = new Submissions(settings, services, live.keySet(), this::add);
        this.resources = resources;
        this.lost = new LostJobs(settings.limits().retainedJobs());
    }

    /** Takes over the jobs of earlier leaders. */
    void recover(List<LoggedJob> logged, Moment now, Outbox out) {
        for (LoggedJob job : logged) {
            if (job.isLive()) {
                recover(job, now, out);
                continue;
            }
            addEnded(new TrackedJob(job, settings.limits()));
            if (!job.end().orElseThrow().cleaned()) {
                cleanups.begin(new CheckpointCleanup(job.id(), services.storeOf(job.place()), job.pointers()), out);
            }
        }
    }

    private void recover(LoggedJob logged, Moment now, Outbox out) {
        try {
            TrackedJob job = new TrackedJob(JobMaster.recovered(logged, services, now, out), settings.limits());
            job.accept(out);
            live.put(job.id(), job);
            touched.add(job);
        } catch (MillraceException e) {
            LOG.error(
                    "job={} event=not-recovered code={} what=\"{}\" why=\"{}\"",
                    logged.id(),
                    e.problem().code(),
                    e.problem().what(),
                    e.problem().why());
        }
    }

    void onSubmit(Event.Submit submit, Moment now, Outbox out) {
        JobId id = submit.job();
        Optional<TrackedJob> known = find(id);
        Optional<JobSummary> gone = lost.summary(id);
        if (known.isPresent() && known.get().hasGraph(submit.graph())) {
            known.get().submittedBy(submit.replyTo(), out);
        } else if (known.isPresent()) {
            out.answer(submit.replyTo(), Outcome.failure(idTaken(id)));
        } else if (gone.isPresent()) {
            out.answer(submit.replyTo(), Outcome.success(gone.get()));
        } else {
            submissions.onSubmit(submit, now, out);
        }
    }

    private void add(TrackedJob job) {
        live.put(job.id(), job);
        touched.add(job);
    }

    /** An entry is durable in the metadata log. */
    void onAppended(LogEntry entry, Moment now, Outbox out) {
        TrackedJob job = live.get(entry.job());
        if (job != null) {
            touched.add(job);
            job.master().orElseThrow().onAppended(entry, now, out);
            if (entry instanceof LogEntry.Submitted) {
                job.accept(out);
            }
        }
    }

    /** An entry may not be in the metadata log. A job whose submission certainly is not there never was. */
    void onAppendFailed(Event.AppendFailed event, Moment now, Outbox out) {
        TrackedJob job = live.get(event.entry().job());
        if (job == null) {
            cleanups.onAppendFailed(event, now);
        } else if (event.entry() instanceof LogEntry.Submitted && event.outcomeKnown()) {
            live.remove(job.id());
            touched.remove(job);
            resources.release(job.id());
            job.refuse(event.problem(), out);
        } else {
            touched.add(job);
            job.master().orElseThrow().onAppendFailed(event, now, out);
        }
    }

    /** I/O for a job's checkpoints has ended. */
    void on(CheckpointEvent event, Moment now, Outbox out) {
        if (submissions.on(event, now, out)) {
            return;
        }
        touchMaster(event.job())
                .ifPresentOrElse(master -> master.on(event, now, out), () -> cleanups.on(event, now, out));
    }

    List<JobSummary> list() {
        List<JobSummary> jobs = new ArrayList<>(lost.summaries());
        ended.values().forEach(job -> jobs.add(job.summary()));
        live.values().forEach(job -> jobs.add(job.summary()));
        jobs.sort((a, b) -> Long.compare(b.submittedAtEpochMs(), a.submittedAtEpochMs()));
        return jobs;
    }

    void onGetJob(Event.GetJob request, Outbox out) {
        out.answer(
                request.replyTo(),
                find(request.job())
                        .map(job -> job.details(resources.slotsFree()))
                        .or(() -> lost.details(request.job()))
                        .map(Outcome::success)
                        .orElseGet(() -> Outcome.failure(noSuchJob(request.job()))));
    }

    /** Of a job that is lost nothing is remembered. */
    void onListCheckpoints(Event.ListCheckpoints request, Outbox out) {
        out.answer(
                request.replyTo(),
                find(request.job())
                        .map(TrackedJob::checkpoints)
                        .or(() -> lost.summary(request.job()).map(job -> List.of()))
                        .map(Outcome::success)
                        .orElseGet(() -> Outcome.failure(noSuchJob(request.job()))));
    }

    void onCancel(Event.CancelJob request, Moment now, Outbox out) {
        out.answer(request.replyTo(), cancel(request.job(), now, out));
    }

    private Outcome<JobSummary> cancel(JobId id, Moment now, Outbox out) {
        TrackedJob running = live.get(id);
        if (running != null) {
            running.master().orElseThrow().onCancel(now, out);
            touched.add(running);
            return Outcome.success(running.summary());
        }
        JobSummary summary =
                find(id).map(TrackedJob::summary).or(() -> lost.summary(id)).orElse(null);
        if (summary == null) {
            return Outcome.failure(noSuchJob(id));
        }
        return summary.status() == JobStatus.CANCELED
                ? Outcome.success(summary)
                : Outcome.failure(Problem.of(
                                ControlError.JOB_ALREADY_ENDED, "Job " + id + " has ended: it is " + summary.status())
                        .fix("Nothing is left to cancel"));
    }

    void onFollowOutput(Event.FollowOutput request, Outbox out) {
        Optional<TrackedJob> job = find(request.job());
        if (job.isPresent()) {
            job.get().output().follow(request.follower(), request.retainedOnly());
            touched.add(job.get());
        } else {
            lost.end(request.job())
                    .ifPresentOrElse(
                            end -> out.answer(request.follower()::end, end),
                            () -> out.answer(request.follower()::refused, noSuchJob(request.job())));
        }
    }

    void onFollowResults(Event.FollowResults request, Outbox out) {
        Optional<TrackedJob> job = find(request.job());
        if (job.isEmpty()) {
            out.answer(request.follower()::refused, noSuchJob(request.job()));
        } else if (!job.get().hasOperator(request.operator())) {
            Problem problem = Problem.of(
                            ControlError.NO_SUCH_OPERATOR,
                            "Job " + request.job() + " has no operator " + request.operator())
                    .fix("Follow the collecting sink of the submitted graph");
            out.answer(request.follower()::refused, problem);
        } else {
            job.get().relay(request.operator()).follow(request.follower(), out);
            touched.add(job.get());
        }
    }

    /** A live or ended job of this JobManager. */
    Optional<TrackedJob> find(JobId id) {
        TrackedJob job = live.get(id);
        return Optional.ofNullable(job != null ? job : ended.get(id));
    }

    /** The master of a live job. What is done with it counts as having touched the job. */
    Optional<JobMaster> touchMaster(JobId id) {
        TrackedJob job = live.get(id);
        if (job == null) {
            return Optional.empty();
        }
        touched.add(job);
        return job.master();
    }

    /** Followers of the job may be sent something at the next {@link #settle}. */
    void touch(TrackedJob job) {
        touched.add(job);
    }

    /** All live jobs, which counts as having touched them. */
    List<JobMaster> touchAll() {
        touched.addAll(live.values());
        return live.values().stream().flatMap(job -> job.master().stream()).toList();
    }

    LostJobs lost() {
        return lost;
    }

    void failJob(JobId id, Failure failure, Moment now, Outbox out) {
        touchMaster(id).ifPresent(master -> master.failForGood(failure, now, out));
    }

    void onTime(Moment now, Outbox out) {
        cleanups.onTime(now, out);
        for (TrackedJob job : live.values()) {
            JobMaster master = job.master().orElseThrow();
            if (now.reached(master.nextDeadlineNanos())) {
                master.onTime(resources.slotsFree(), resources.slotsTotal(), now, out);
                touched.add(job);
            }
        }
    }

    long nextDeadlineNanos() {
        long next = cleanups.nextDeadlineNanos();
        for (TrackedJob job : live.values()) {
            next = Math.min(next, job.master().map(JobMaster::nextDeadlineNanos).orElse(Long.MAX_VALUE));
        }
        return next;
    }

    /** Draws the consequences of what happened: archives ended jobs, gives waiting ones slots, serves followers. */
    void settle(Moment now, Outbox out) {
        for (TrackedJob job : List.copyOf(touched)) {
            if (job.master().isPresent() && job.status().isTerminal()) {
                archive(job, out);
            } else if (job.master().filter(JobMaster::wantsSlots).isPresent()) {
                // Those of its last run are anybody's again; it is given others, if there are enough.
                resources.release(job.id());
            }
        }
        if (resources.takeRoomChanged()) {
            live.values().forEach(job -> schedule(job, now, out));
        }
        touched.forEach(job -> job.pump(out));
        touched.clear();
    }

    /** Whether nothing is left to be cleaned up after jobs that have ended. */
    boolean isClean() {
        return cleanups.isEmpty();
    }

    int liveJobs() {
        return live.size();
    }

    /** How many live jobs are in a status. */
    int liveJobs(JobStatus status) {
        return (int)
                live.values().stream().filter(job -> job.status() == status).count();
    }

    private void archive(TrackedJob job, Outbox out) {
        cleanups.begin(job.master().orElseThrow().cleanup(), out);
        job.archive();
        live.remove(job.id());
        resources.release(job.id());
        addEnded(job);
    }

    private void addEnded(TrackedJob job) {
        ended.put(job.id(), job);
        while (ended.size() > settings.limits().retainedJobs()) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    private void schedule(TrackedJob job, Moment now, Outbox out) {
        JobMaster master = job.master().orElseThrow();
        if (!master.wantsSlots()) {
            return;
        }
        Optional<List<Slot>> slots = resources.allocate(job.id(), master.slotsNeeded());
        if (slots.isPresent()) {
            master.onSlotsAssigned(slots.get(), now, out);
        } else {
            master.onSlotsMissing(now);
        }
        touched.add(job);
    }

    static Problem idTaken(JobId id) {
        return Problem.of(ControlError.JOB_ID_TAKEN, "Job " + id + " is another job than the one submitted")
                .fix("Submit it again under a new id");
    }

    static Problem noSuchJob(JobId id) {
        return Problem.of(ControlError.NO_SUCH_JOB, "There is no job " + id)
                .fix("'millrace list' shows all jobs that are known");
    }
}
