package io.millrace.jobmanager.control;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.restore.RestoreErrors;
import io.millrace.common.graph.restore.StateFit;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.ReplyTo;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import io.millrace.jobmanager.control.job.GraphRules;
import io.millrace.jobmanager.control.job.JobDefinition;
import io.millrace.jobmanager.control.job.JobMaster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes submissions of jobs that nobody knows yet, or refuses them. One that names a checkpoint to begin with waits
 * until that is read and found to fit; a leader that ends meanwhile leaves no trace of it. Belongs to the dispatcher.
 */
final class Submissions {
    private static final Logger LOG = LoggerFactory.getLogger(Submissions.class);

    private final ControlSettings settings;
    private final ControlServices services;
    private final Set<JobId> live;
    private final Consumer<TrackedJob> accepted;

    /** Those whose origin is being read. */
    private final Map<JobId, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(JobDefinition job, List<ReplyTo<Outcome<JobSummary>>> submitters) {}

    /**
     * @param live ids of the jobs that live now
     * @param accepted given every job that begins
     */
    Submissions(ControlSettings settings, ControlServices services, Set<JobId> live, Consumer<TrackedJob> accepted) {
        this.settings = settings;
        this.services = services;
        this.live = live;
        this.accepted = accepted;
    }

    void onSubmit(Event.Submit submit, Moment now, Outbox out) {
        Waiting known = waiting.get(submit.job());
        if (known != null && known.job().graph().equals(submit.graph())) {
            known.submitters().add(submit.replyTo());
            return;
        }
        List<ReplyTo<Outcome<JobSummary>>> submitters = new ArrayList<>(List.of(submit.replyTo()));
        try {
            Optional<Problem> refusal =
                    known != null ? Optional.of(Dispatcher.idTaken(submit.job())) : refusalOf(submit.graph());
            if (refusal.isPresent()) {
                throw refusal.get().asException();
            }
            JobDefinition job =
                    JobDefinition.submitted(submit.job(), submit.graph(), services.checkpointPlace(), now.epochMs());
            if (job.from() instanceof StorageLocation.ClusterDefault) {
                begin(new Waiting(job, submitters), Optional.empty(), now, out);
            } else {
                waiting.put(job.id(), new Waiting(job, submitters));
                out.toStore(services.storeOf(job.place()), new CheckpointCommand.ReadOrigin(job.id(), job.from()));
            }
        } catch (MillraceException e) {
            refuse(submit.job(), submit.graph(), submitters, e.problem(), out);
        }
    }

    /** @return whether it was about an origin */
    boolean on(CheckpointEvent event, Moment now, Outbox out) {
        if (event instanceof CheckpointEvent.OriginRead read) {
            take(read.job()).ifPresent(submission -> onRead(submission, read, now, out));
            return true;
        }
        if (event instanceof CheckpointEvent.OriginUnreadable unreadable) {
            take(unreadable.job()).ifPresent(submission -> refuse(submission, unreadable.problem(), out));
            return true;
        }
        return false;
    }

    private void onRead(Waiting submission, CheckpointEvent.OriginRead read, Moment now, Outbox out) {
        JobDefinition job = submission.job();
        CheckpointManifest manifest = read.manifest();
        StateFit fit = StateFit.of(manifest, job.graph(), job.identities());
        RestoreOrigin origin = new RestoreOrigin(
                manifest.job(),
                manifest.checkpoint(),
                read.place(),
                fit.dropped().stream().map(StateFit::name).toList());
        Optional<Problem> refusal = refusalOf(job.graph())
                .or(() -> ofLiveJob(manifest))
                .or(() -> fit.refusal(job.allowsDroppedState()))
                .map(problem -> problem.where().isEmpty() ? problem.at(origin.path()) : problem);
        if (refusal.isPresent()) {
            refuse(submission, refusal.get(), out);
            return;
        }
        if (origin.dropped().isEmpty()) {
            LOG.info("job={} event=restores from={} writer={}", job.id(), origin.path(), origin.writer());
        } else {
            LOG.warn("job={} event=drops-state from={} dropped=\"{}\"", job.id(), origin.path(), origin.dropped());
        }
        try {
            begin(new Waiting(job.from(origin), submission.submitters()), Optional.of(manifest), now, out);
        } catch (MillraceException e) {
            refuse(submission, e.problem(), out);
        }
    }

    private void begin(Waiting submission, Optional<CheckpointManifest> origin, Moment now, Outbox out) {
        long slotDeadline = now.nanos() + settings.timing().slotTimeoutNanos();
        JobMaster master = JobMaster.submitted(submission.job(), origin, services, slotDeadline, now, out);
        TrackedJob job = new TrackedJob(master, settings.limits());
        submission.submitters().forEach(submitter -> job.submittedBy(submitter, out));
        accepted.accept(job);
    }

    private Optional<Waiting> take(JobId job) {
        return Optional.ofNullable(waiting.remove(job));
    }

    private Optional<Problem> refusalOf(JobGraph graph) {
        if (live.size() >= settings.limits().liveJobs()) {
            return Optional.of(Problem.of(
                            ControlError.TOO_MANY_JOBS, "The cluster runs " + live.size() + " jobs, as many as it may")
                    .fix("Wait for one to end, or cancel one"));
        }
        return GraphRules.check(graph);
    }

    private Optional<Problem> ofLiveJob(CheckpointManifest manifest) {
        return !manifest.savepoint() && live.contains(manifest.job())
                ? Optional.of(Problem.of(
                                RestoreErrors.CHECKPOINT_OF_LIVE_JOB,
                                "Checkpoint " + manifest.checkpoint() + " is of job " + manifest.job() + ", which runs")
                        .because("Its files go as soon as that job has newer checkpoints")
                        .fix("Take a savepoint of it: 'millrace savepoint " + manifest.job() + "', or cancel it first"))
                : Optional.empty();
    }

    private static void refuse(Waiting submission, Problem problem, Outbox out) {
        refuse(submission.job().id(), submission.job().graph(), submission.submitters(), problem, out);
    }

    private static void refuse(
            JobId job, JobGraph graph, List<ReplyTo<Outcome<JobSummary>>> submitters, Problem problem, Outbox out) {
        LOG.info("job={} name=\"{}\" event=refused code={}", job, graph.name(), problem.code());
        submitters.forEach(submitter -> out.answer(submitter, Outcome.failure(problem)));
    }
}
