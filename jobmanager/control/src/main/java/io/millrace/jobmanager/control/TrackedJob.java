package io.millrace.jobmanager.control;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.ReplyTo;
import io.millrace.jobmanager.control.job.JobMaster;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.output.JobOutput;
import io.millrace.jobmanager.control.output.ResultRelay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A job of this JobManager with its followers, from its submission until the archive lets it go. While it lives its
 * {@link JobMaster} answers for it; after that a last picture does, and graph and subtasks are let go.
 */
final class TrackedJob {
    private final JobId id;
    private final Limits limits;
    private final Set<Integer> operators;
    private final JobOutput output;
    private final Map<Integer, ResultRelay> relays = new HashMap<>();

    /** Clients that wait for the submission to be durable. */
    private final List<ReplyTo<Outcome<JobSummary>>> submitters = new ArrayList<>();

    private boolean accepted;
    private @Nullable JobMaster master;
    private @Nullable JobDetails lastDetails;
    private @Nullable JobEnd lastEnd;
    private List<CheckpointSummary> lastCheckpoints = List.of();

    TrackedJob(JobMaster master, Limits limits) {
        this.id = master.id();
        this.master = master;
        this.limits = limits;
        this.output = new JobOutput(limits);
        this.operators = master.graph().vertices().stream()
                .flatMap(vertex -> vertex.operators().stream())
                .map(OperatorNode::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A job that had ended before this leader: what the log says of it is all that is known. */
    TrackedJob(LoggedJob logged, Limits limits) {
        LoggedJob.End end = logged.end().orElseThrow();
        this.id = logged.id();
        this.limits = limits;
        this.output = new JobOutput(limits);
        this.operators = Set.of();
        this.accepted = true;
        List<Failure> failures = end.failure().stream().toList();
        this.lastDetails = new JobDetails(
                new JobSummary(
                        id,
                        logged.graph().name(),
                        end.status(),
                        logged.submittedAtEpochMs(),
                        end.atEpochMs(),
                        Map.of()),
                logged.run(),
                end.atEpochMs(),
                0,
                0,
                new JobDetails.Restarts(logged.run() - 1, ""),
                logged.origin()
                        .map(origin -> new JobDetails.Origin(origin.path(), origin.dropped()))
                        .orElse(JobDetails.Origin.NONE),
                failures,
                List.of());
        this.lastEnd = new JobEnd(end.status(), failures, logged.submittedAtEpochMs(), end.atEpochMs());
        this.lastCheckpoints = logged.pointers().stream()
                .map(pointer -> kept(pointer, logged.place()))
                .toList();
    }

    /** What it cost is in its manifest, which nobody has read. */
    private static CheckpointSummary kept(CheckpointPointer pointer, String jobPlace) {
        String place = pointer.place().isEmpty() ? jobPlace : pointer.place();
        return new CheckpointSummary(
                pointer.checkpoint(),
                pointer.run(),
                pointer.kind(),
                CheckpointStatus.COMPLETED,
                CheckpointSummary.Cost.UNKNOWN,
                "",
                null,
                place + "/" + pointer.checkpoint());
    }

    JobId id() {
        return id;
    }

    /** A client wants to know whether the job is accepted. */
    void submittedBy(ReplyTo<Outcome<JobSummary>> submitter, Outbox out) {
        if (accepted) {
            out.answer(submitter, Outcome.success(summary()));
        } else {
            submitters.add(submitter);
        }
    }

    /** The job is in the metadata log. */
    void accept(Outbox out) {
        accepted = true;
        submitters.forEach(submitter -> out.answer(submitter, Outcome.success(summary())));
        submitters.clear();
    }

    /** The job is not in the metadata log, and never was anywhere. */
    void refuse(Problem problem, Outbox out) {
        submitters.forEach(submitter -> out.answer(submitter, Outcome.failure(problem)));
        submitters.clear();
    }

    /** Who runs it; empty when it has ended. */
    Optional<JobMaster> master() {
        return Optional.ofNullable(master);
    }

    /** Takes the last picture of a job whose status is terminal. */
    void archive() {
        JobMaster ended = master;
        Check.invariant(ended != null && ended.status().isTerminal(), "archiving live job " + id);
        lastDetails = ended.details(0);
        lastEnd = ended.end();
        lastCheckpoints = ended.checkpoints();
        master = null;
    }

    boolean hasGraph(JobGraph graph) {
        return master == null || master.graph().equals(graph);
    }

    boolean hasOperator(int operator) {
        return operators.contains(operator);
    }

    JobStatus status() {
        return end().status();
    }

    JobSummary summary() {
        return master != null ? master.summary() : details(0).summary();
    }

    /** @param slotsFree in the cluster now */
    JobDetails details(int slotsFree) {
        if (master != null) {
            return master.details(slotsFree);
        }
        Check.invariant(lastDetails != null, "job " + id + " has no last picture");
        return lastDetails;
    }

    List<CheckpointSummary> checkpoints() {
        return master != null ? master.checkpoints() : lastCheckpoints;
    }

    JobEnd end() {
        if (master != null) {
            return master.end();
        }
        Check.invariant(lastEnd != null, "job " + id + " has no end");
        return lastEnd;
    }

    JobOutput output() {
        return output;
    }

    ResultRelay relay(int operator) {
        return relays.computeIfAbsent(operator, key -> new ResultRelay(key, limits.resultWindow()));
    }

    /** Sends followers what they have room for. */
    void pump(Outbox out) {
        JobEnd end = end();
        output.pump(summary(), end, out);
        relays.values().forEach(relay -> relay.pump(end, out));
    }
}
