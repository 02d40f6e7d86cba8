package io.millrace.client.cli.cluster;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.RpcError;
import io.millrace.common.rpc.blob.BlobClient;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GraphCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.proto.control.DispatcherGrpc;
import io.millrace.proto.control.DispatcherProto.CancelJobRequest;
import io.millrace.proto.control.DispatcherProto.CancelJobResponse;
import io.millrace.proto.control.DispatcherProto.FollowOutputRequest;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The JobManager as a client calls it. Every call blocks, waits a bounded time, and throws a {@link MillraceException}
 * for a refusal or a failure of the transport. Any thread.
 */
public final class ClusterConnection implements AutoCloseable {
    /** With the start of the JVM an unreachable cluster is reported within 5 s. */
    private static final long REQUEST_DEADLINE_MS = 4_000;

    private static final int SUBMIT_ATTEMPTS = 2;

    private final RpcClient client;

    /** Connects when the first call needs it. */
    public ClusterConnection(RpcAddress address) {
        this.client = new RpcClient(address);
    }

    public RpcAddress address() {
        return client.address();
    }

    public BlobClient blobs() {
        return new BlobClient(client);
    }

    public ClusterStatus status() {
        GetClusterStatusResponse response =
                ask(stub -> stub.getClusterStatus(GetClusterStatusRequest.getDefaultInstance()));
        return StatusCodec.decode(response);
    }

    /** All jobs the JobManager retains, newest first. */
    public List<JobSummary> jobs() {
        ListJobsResponse response = ask(stub -> stub.listJobs(ListJobsRequest.getDefaultInstance()));
        return response.getJobsList().stream().map(StatusCodec::decode).toList();
    }

    public JobDetails details(JobId job) {
        GetJobRequest request =
                GetJobRequest.newBuilder().setJob(CommonCodec.encode(job)).build();
        GetJobResponse response = ask(stub -> stub.getJob(request));
        refuse(response.hasProblem(), response.getProblem());
        return StatusCodec.decode(response.getDetails());
    }

    /** The job's checkpoints that are remembered or kept, newest first. */
    public List<CheckpointSummary> checkpoints(JobId job) {
        ListCheckpointsRequest request = ListCheckpointsRequest.newBuilder()
                .setJob(CommonCodec.encode(job))
                .build();
        ListCheckpointsResponse response = ask(stub -> stub.listCheckpoints(request));
        refuse(response.hasProblem(), response.getProblem());
        return response.getCheckpointsList().stream().map(StatusCodec::decode).toList();
    }

    /**
     * Takes a savepoint and waits for it: as long as the job's checkpoint.timeout lets it, which the JobManager sees
     * to.
     *
     * @param kind of a savepoint
     * @param place as the user names it; empty for the cluster's
     * @return its path
     */
    public String savepoint(JobId job, CheckpointKind kind, String place) {
        TakeSavepointRequest request = TakeSavepointRequest.newBuilder()
                .setJob(CommonCodec.encode(job))
                .setStop(kind.stopsJob())
                .setDrain(kind == CheckpointKind.DRAIN)
                .setPlace(place)
                .build();
        try {
            TakeSavepointResponse response =
                    DispatcherGrpc.newBlockingV2Stub(client.channel()).takeSavepoint(request);
            refuse(response.hasProblem(), response.getProblem());
            return response.getPath();
        } catch (StatusException e) {
            if (!isOutcomeUnknown(e.getStatus())) {
                throw client.problemOf(e).asException(e);
            }
            throw Problem.of(
                            RpcError.OUTCOME_UNKNOWN, "It is unknown whether the savepoint of job " + job + " is taken")
                    .at(client.address().toString())
                    .because(client.problemOf(e.getStatus()).why())
                    .fix("Ask with 'millrace checkpoints " + job + "'")
                    .asException(e);
        }
    }

    /** Asks for the job to be cancelled; returns what it is now, which may still be on the way. */
    public JobSummary cancel(JobId job) {
        CancelJobRequest request =
                CancelJobRequest.newBuilder().setJob(CommonCodec.encode(job)).build();
        CancelJobResponse response = ask(stub -> stub.cancelJob(request));
        refuse(response.hasProblem(), response.getProblem());
        return StatusCodec.decode(response.getSummary());
    }

    /**
     * Submits a job. Where the answer is lost it is asked for a second time under the same id, which cannot start a
     * second job.
     */
    public JobSummary submit(JobId job, JobGraph graph) {
        SubmitJobRequest request = SubmitJobRequest.newBuilder()
                .setJob(CommonCodec.encode(job))
                .setGraph(GraphCodec.encode(graph))
                .build();
        Status last = Status.UNKNOWN;
        for (int attempt = 1; attempt <= SUBMIT_ATTEMPTS; attempt++) {
            try {
                SubmitJobResponse response = stub().submitJob(request);
                refuse(response.hasProblem(), response.getProblem());
                return StatusCodec.decode(response.getAccepted());
            } catch (StatusException e) {
                last = e.getStatus();
                if (!isOutcomeUnknown(last)) {
                    throw client.problemOf(e).asException(e);
                }
                client.retryNow();
            }
        }
        throw Problem.of(RpcError.OUTCOME_UNKNOWN, "It is unknown whether job " + job + " was accepted")
                .at(client.address().toString())
                .because(client.problemOf(last).why())
                .fix("Ask with 'millrace status " + job + "'")
                .asException();
    }

    /**
     * What the job prints, from the oldest line that is retained.
     *
     * @param retainedOnly whether to end with what there is now instead of with the job
     */
    public OutputStreamReader follow(JobId job, boolean retainedOnly) {
        FollowOutputRequest request = FollowOutputRequest.newBuilder()
                .setJob(CommonCodec.encode(job))
                .setRetainedOnly(retainedOnly)
                .build();
        return new OutputStreamReader(
                DispatcherGrpc.newBlockingV2Stub(client.channel()).followOutput(request), this::problemOfFollowing);
    }

    /** The batches of one collecting sink of the job. */
    public FollowedResults results(JobId job, int operator) {
        return new FollowedResults(
                DispatcherGrpc.newBlockingV2Stub(client.channel()).followResults(),
                job,
                operator,
                this::problemOfFollowing);
    }

    /** As {@link #details}, without blocking. */
    public CompletableFuture<JobDetails> detailsLater(JobId job) {
        GetJobRequest request =
                GetJobRequest.newBuilder().setJob(CommonCodec.encode(job)).build();
        Answer<GetJobResponse> answer = new Answer<>();
        laterStub().getJob(request, answer);
        return answer.future.thenApply(response -> {
            refuse(response.hasProblem(), response.getProblem());
            return StatusCodec.decode(response.getDetails());
        });
    }

    /** As {@link #cancel}, without blocking. */
    public CompletableFuture<Void> cancelLater(JobId job) {
        CancelJobRequest request =
                CancelJobRequest.newBuilder().setJob(CommonCodec.encode(job)).build();
        Answer<CancelJobResponse> answer = new Answer<>();
        laterStub().cancelJob(request, answer);
        return answer.future.thenAccept(response -> refuse(response.hasProblem(), response.getProblem()));
    }

    @Override
    public void close() {
        client.close();
    }

    private interface Call<T> {
        T on(DispatcherGrpc.DispatcherBlockingV2Stub stub) throws StatusException;
    }

    /** Makes a call that may be repeated without harm. One that is not answered has found nobody who would. */
    private <T> T ask(Call<T> call) {
        try {
            return call.on(stub());
        } catch (StatusException e) {
            throw problemOfAsking(e.getStatus()).asException(e);
        }
    }

    private Problem problemOfAsking(Status status) {
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return Problem.of(RpcError.CLUSTER_UNREACHABLE, "No JobManager answers at " + client.address())
                    .because("There was no answer within " + REQUEST_DEADLINE_MS / 1_000 + " s")
                    .fix("Check the address, and that nothing between here and there drops packets");
        }
        return client.problemOf(status);
    }

    private Problem problemOfFollowing(Status status) {
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            return Problem.of(RpcError.CLUSTER_UNREACHABLE, "The connection to the JobManager was lost")
                    .at(client.address().toString())
                    .because(client.problemOf(status).why())
                    .fix("The job itself may still run: ask with 'millrace list' when the JobManager is back");
        }
        return client.problemOf(status);
    }

    private DispatcherGrpc.DispatcherBlockingV2Stub stub() {
        return DispatcherGrpc.newBlockingV2Stub(client.channel())
                .withDeadlineAfter(REQUEST_DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    private DispatcherGrpc.DispatcherStub laterStub() {
        return DispatcherGrpc.newStub(client.channel()).withDeadlineAfter(REQUEST_DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    private static boolean isOutcomeUnknown(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL -> true;
            default -> false;
        };
    }

    private static void refuse(boolean refused, io.millrace.proto.control.CommonProto.Problem problem) {
        if (refused) {
            throw CommonCodec.decode(problem).asException();
        }
    }

    /** The one answer of a unary call as a future. */
    private final class Answer<T> implements StreamObserver<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();

        @Override
        public void onNext(T response) {
            future.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(
                    problemOfAsking(Status.fromThrowable(failure)).asException(failure));
        }

        @Override
        public void onCompleted() {
            future.completeExceptionally(problemOfAsking(Status.INTERNAL.withDescription("no answer"))
                    .asException());
        }
    }
}
