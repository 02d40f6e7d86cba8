package io.millrace.client.cli;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcServer;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GraphCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.proto.control.DispatcherGrpc;
import io.millrace.proto.control.DispatcherProto.CancelJobRequest;
import io.millrace.proto.control.DispatcherProto.CancelJobResponse;
import io.millrace.proto.control.DispatcherProto.FollowOutputRequest;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import io.millrace.proto.control.DispatcherProto.GetClusterStatusRequest;
import io.millrace.proto.control.DispatcherProto.GetClusterStatusResponse;
import io.millrace.proto.control.DispatcherProto.GetJobRequest;
import io.millrace.proto.control.DispatcherProto.GetJobResponse;
import io.millrace.proto.control.DispatcherProto.ListCheckpointsRequest;
import io.millrace.proto.control.DispatcherProto.ListCheckpointsResponse;
import io.millrace.proto.control.DispatcherProto.ListJobsRequest;
import io.millrace.proto.control.DispatcherProto.ListJobsResponse;
import io.millrace.proto.control.DispatcherProto.SubmitJobRequest;
import io.millrace.proto.control.DispatcherProto.SubmitJobResponse;
import io.millrace.proto.control.DispatcherProto.TakeSavepointRequest;
import io.millrace.proto.control.DispatcherProto.TakeSavepointResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A JobManager as far as a client can tell: what it answers is set by the test, what it is asked is recorded. A job
 * runs until its scripted end, or until it is cancelled. All state is guarded by this.
 */
public final class FakeJobManager extends DispatcherGrpc.DispatcherImplBase implements AutoCloseable {
    public static final long SUBMITTED_AT = 1_767_225_600_000L;

    public final FakeBlobStore blobs = new FakeBlobStore();
    private final Map<JobId, JobDetails> jobs = new LinkedHashMap<>();
    private final Map<JobId, ServerCallStreamObserver<FollowOutputResponse>> followers = new LinkedHashMap<>();
    private final List<JobGraph> submitted = new ArrayList<>();
    private final Map<JobId, List<CheckpointSummary>> checkpoints = new LinkedHashMap<>();
    private final List<String> savepointPlaces = new ArrayList<>();
    private final List<String> savepointKinds = new ArrayList<>();
    private JobStatus stopsAs = JobStatus.FINISHED;
    private List<CheckpointSummary> keptByAll = List.of();
    private List<Failure> failures = List.of();
    private final List<JobId> cancelled = new ArrayList<>();
    private final List<Function<JobId, FollowOutputResponse>> script = new ArrayList<>();
    private final CountDownLatch followed = new CountDownLatch(1);
    private final RpcServer server;
    private Supplier<ClusterStatus> status =
            () -> new ClusterStatus(new Epoch(1), "millrace", "0.1.0", SUBMITTED_AT, List.of(), 0);
    private Optional<Problem> refusal = Optional.empty();
    private Optional<JobEnd> end = Optional.empty();

    public FakeJobManager() {
        this(0);
    }

    public FakeJobManager(int port) {
        server = RpcServer.start(
                new RpcAddress("127.0.0.1", port), false, List.of(this, blobs), List.of(), Runnable::run);
    }

    public String address() {
        return server.address().toString();
    }

    public synchronized void has(JobDetails details) {
        jobs.put(details.summary().job(), details);
    }

    public synchronized void answersStatus(Supplier<ClusterStatus> newStatus) {
        status = newStatus;
    }

    /** The job has these checkpoints, newest first. */
    public synchronized void hasCheckpoints(JobId job, List<CheckpointSummary> summaries) {
        checkpoints.put(job, summaries);
    }

    /** Jobs of which nothing else is said have this checkpoint. */
    public synchronized void keepsCheckpoint(long checkpoint) {
        keptByAll = List.of(new CheckpointSummary(
                checkpoint,
                1,
                CheckpointKind.CHECKPOINT,
                CheckpointStatus.COMPLETED,
                new CheckpointSummary.Cost(SUBMITTED_AT, 1, 1, 1, 0, 1),
                "",
                null,
                "/kept/" + checkpoint));
    }

    /** Jobs that are submitted from now on have failed for this reason. */
    public synchronized void failedBecause(Problem problem) {
        failures = List.of(Failure.ofJob(problem, SUBMITTED_AT));
    }

    /** Where savepoints were wanted. */
    public synchronized List<String> savepointPlaces() {
        return List.copyOf(savepointPlaces);
    }

    /** What becomes of jobs with their savepoints, in the words of the protocol. */
    public synchronized List<String> savepointKinds() {
        return List.copyOf(savepointKinds);
    }

    /** Jobs that are stopped are this then. */
    public synchronized void stopsAs(JobStatus newStatus) {
        stopsAs = newStatus;
    }

    /** Every further submission and savepoint is refused. */
    public synchronized void refuses(Problem problem) {
        refusal = Optional.of(problem);
    }

    /** Every job prints this when it is followed. */
    public synchronized void prints(PrintedLines lines) {
        script.add(job -> FollowOutputResponse.newBuilder()
                .setLines(StatusCodec.encode(lines))
                .build());
    }

    /** Every job tells of this status when it is followed. */
    public synchronized void passes(JobStatus passed) {
        script.add(job -> FollowOutputResponse.newBuilder()
                .setProgress(StatusCodec.encode(summary(job, "job", passed, 0)))
                .build());
    }

    /** Every job ends like this after what it prints. */
    public synchronized void endsJobs(JobEnd newEnd) {
        end = Optional.of(newEnd);
    }

    public synchronized List<JobGraph> submitted() {
        return List.copyOf(submitted);
    }

    public synchronized List<JobId> jobIds() {
        return List.copyOf(jobs.keySet());
    }

    public synchronized List<JobId> cancelled() {
        return List.copyOf(cancelled);
    }

    /** Waits until somebody follows a job. */
    public void awaitFollower() throws InterruptedException {
        followed.await();
    }

    public static JobSummary summary(JobId job, String name, JobStatus status, long endedAt) {
        return new JobSummary(job, name, status, SUBMITTED_AT, endedAt, Map.of(ExecutionState.RUNNING, 2));
    }

    public static JobDetails details(JobSummary summary) {
        return new JobDetails(
                summary, 1, SUBMITTED_AT, 4, 1, JobDetails.Restarts.NONE, JobDetails.Origin.NONE, List.of(), List.of());
    }

    @Override
    public synchronized void submitJob(SubmitJobRequest request, StreamObserver<SubmitJobResponse> responses) {
        SubmitJobResponse.Builder response = SubmitJobResponse.newBuilder();
        if (refusal.isPresent()) {
            response.setProblem(CommonCodec.encode(refusal.get()));
        } else {
            JobGraph graph = GraphCodec.decode(request.getGraph());
            submitted.add(graph);
            JobSummary summary = summary(CommonCodec.decode(request.getJob()), graph.name(), JobStatus.CREATED, 0);
            JobDetails fresh = details(summary);
            jobs.put(
                    summary.job(),
                    new JobDetails(
                            summary,
                            fresh.run(),
                            fresh.statusSinceEpochMs(),
                            fresh.slotsNeeded(),
                            fresh.slotsAvailable(),
                            fresh.restarts(),
                            fresh.origin(),
                            failures,
                            List.of()));
            response.setAccepted(StatusCodec.encode(summary));
        }
        answer(responses, response.build());
    }

    @Override
    public synchronized void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> responses) {
        ListJobsResponse.Builder response = ListJobsResponse.newBuilder();
        jobs.values().forEach(job -> response.addJobs(StatusCodec.encode(job.summary())));
        answer(responses, response.build());
    }

    @Override
    public synchronized void getJob(GetJobRequest request, StreamObserver<GetJobResponse> responses) {
        JobDetails details = jobs.get(CommonCodec.decode(request.getJob()));
        GetJobResponse.Builder response = GetJobResponse.newBuilder();
        if (details == null) {
            response.setProblem(CommonCodec.encode(new Problem("NO_SUCH_JOB", "There is no such job", "", "", "list")));
        } else {
            response.setDetails(StatusCodec.encode(details));
        }
        answer(responses, response.build());
    }

    @Override
    public synchronized void listCheckpoints(
            ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> responses) {
        ListCheckpointsResponse.Builder response = ListCheckpointsResponse.newBuilder();
        checkpoints
                .getOrDefault(CommonCodec.decode(request.getJob()), keptByAll)
                .forEach(checkpoint -> response.addCheckpoints(StatusCodec.encode(checkpoint)));
        answer(responses, response.build());
    }

    @Override
    public synchronized void takeSavepoint(
            TakeSavepointRequest request, StreamObserver<TakeSavepointResponse> responses) {
        savepointPlaces.add(request.getPlace());
        savepointKinds.add((request.getStop() ? "stop" : "") + (request.getDrain() ? " drain" : ""));
        JobId asked = CommonCodec.decode(request.getJob());
        if (request.getStop() && refusal.isEmpty()) {
            jobs.put(asked, details(summary(asked, "job", stopsAs, SUBMITTED_AT + 2_000)));
        }
        TakeSavepointResponse.Builder response = TakeSavepointResponse.newBuilder();
        refusal.ifPresentOrElse(
                problem -> response.setProblem(CommonCodec.encode(problem)),
                () -> response.setPath("/save/savepoint-" + CommonCodec.decode(request.getJob()) + "/7"));
        answer(responses, response.build());
    }

    @Override
    public synchronized void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        JobSummary before = jobs.get(job).summary();
        if (before.status().isTerminal() && before.status() != JobStatus.CANCELED) {
            Problem ended = new Problem(
                    "JOB_ALREADY_ENDED", "Job " + job + " has ended: it is " + before.status(), "", "", "run it again");
            answer(
                    responses,
                    CancelJobResponse.newBuilder()
                            .setProblem(CommonCodec.encode(ended))
                            .build());
            return;
        }
        cancelled.add(job);
        JobSummary cancelling = summary(job, before.name(), JobStatus.CANCELLING, 0);
        jobs.put(job, details(summary(job, before.name(), JobStatus.CANCELED, SUBMITTED_AT + 2_000)));
        answer(
                responses,
                CancelJobResponse.newBuilder()
                        .setSummary(StatusCodec.encode(cancelling))
                        .build());
        ServerCallStreamObserver<FollowOutputResponse> follower = followers.remove(job);
        if (follower != null) {
            sendEnd(follower, new JobEnd(JobStatus.CANCELED, List.of(), SUBMITTED_AT, SUBMITTED_AT + 2_000));
        }
    }

    @Override
    public synchronized void followOutput(FollowOutputRequest request, StreamObserver<FollowOutputResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        script.forEach(event -> responses.onNext(event.apply(job)));
        JobStatus now = jobs.get(job).summary().status();
        if (request.getRetainedOnly()) {
            sendEnd(responses, new JobEnd(now, List.of(), SUBMITTED_AT, 0));
        } else if (end.isPresent()) {
            sendEnd(responses, end.get());
        } else {
            followers.put(job, (ServerCallStreamObserver<FollowOutputResponse>) responses);
        }
        followed.countDown();
    }

    @Override
    public synchronized void getClusterStatus(
            GetClusterStatusRequest request, StreamObserver<GetClusterStatusResponse> responses) {
        answer(responses, StatusCodec.encode(status.get()));
    }

    @Override
    public void close() {
        server.close();
    }

    private static void sendEnd(StreamObserver<FollowOutputResponse> follower, JobEnd end) {
        follower.onNext(FollowOutputResponse.newBuilder()
                .setEnd(StatusCodec.encode(end))
                .build());
        follower.onCompleted();
    }

    private static <T> void answer(StreamObserver<T> responses, T response) {
        responses.onNext(response);
        responses.onCompleted();
    }
}
