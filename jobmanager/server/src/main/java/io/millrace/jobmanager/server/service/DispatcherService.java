package io.millrace.jobmanager.server.service;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GraphCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.server.blob.BlobDirectory;
import io.millrace.jobmanager.server.blob.JarError;
import io.millrace.proto.control.DispatcherGrpc;
import io.millrace.proto.control.DispatcherProto.CancelJobRequest;
import io.millrace.proto.control.DispatcherProto.CancelJobResponse;
import io.millrace.proto.control.DispatcherProto.FollowOutputRequest;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import io.millrace.proto.control.DispatcherProto.FollowResultsRequest;
import io.millrace.proto.control.DispatcherProto.FollowResultsResponse;
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

/** What clients ask. Each call is decoded, posted to the control agent, and answered from its thread. */
public final class DispatcherService extends DispatcherGrpc.DispatcherImplBase {
    private final Mailbox<Event> control;
    private final BlobDirectory blobs;

    public DispatcherService(Mailbox<Event> control, BlobDirectory blobs) {
        this.control = control;
        this.blobs = blobs;
    }

    @Override
    public void submitJob(SubmitJobRequest request, StreamObserver<SubmitJobResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        Answer<SubmitJobResponse> answer = new Answer<>(responses);
        JobGraph graph;
        try {
            graph = GraphCodec.decode(request.getGraph());
            requireUploaded(graph);
        } catch (MillraceException e) {
            answer.send(encodeSubmit(Outcome.failure(e.problem())));
            return;
        }
        post(new Event.Submit(job, graph, outcome -> answer.send(encodeSubmit(outcome))));
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> responses) {
        Answer<ListJobsResponse> answer = new Answer<>(responses);
        post(new Event.ListJobs(jobs -> answer.send(encodeList(jobs))));
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        Answer<GetJobResponse> answer = new Answer<>(responses);
        post(new Event.GetJob(job, outcome -> answer.send(encodeGet(outcome))));
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        Answer<CancelJobResponse> answer = new Answer<>(responses);
        post(new Event.CancelJob(job, outcome -> answer.send(encodeCancel(outcome))));
    }

    @Override
    public void listCheckpoints(ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        Answer<ListCheckpointsResponse> answer = new Answer<>(responses);
        post(new Event.ListCheckpoints(job, outcome -> answer.send(encodeCheckpoints(outcome))));
    }

    @Override
    public void takeSavepoint(TakeSavepointRequest request, StreamObserver<TakeSavepointResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        CheckpointKind stopping = request.getStop() ? CheckpointKind.SAVEPOINT_THEN_STOP : CheckpointKind.SAVEPOINT;
        CheckpointKind kind = request.getDrain() ? CheckpointKind.DRAIN : stopping;
        Answer<TakeSavepointResponse> answer = new Answer<>(responses);
        post(new Event.TakeSavepoint(job, kind, request.getPlace(), outcome -> answer.send(encodeSavepoint(outcome))));
    }

    @Override
    public void getClusterStatus(GetClusterStatusRequest request, StreamObserver<GetClusterStatusResponse> responses) {
        Answer<GetClusterStatusResponse> answer = new Answer<>(responses);
        post(new Event.GetClusterStatus((ClusterStatus status) -> answer.send(StatusCodec.encode(status))));
    }

    @Override
    public void followOutput(FollowOutputRequest request, StreamObserver<FollowOutputResponse> responses) {
        JobId job = CommonCodec.decode(request.getJob());
        OutputStreamer streamer =
                new OutputStreamer(job, (ServerCallStreamObserver<FollowOutputResponse>) responses, this::post);
        post(new Event.FollowOutput(job, request.getRetainedOnly(), streamer));
    }

    @Override
    public StreamObserver<FollowResultsRequest> followResults(StreamObserver<FollowResultsResponse> responses) {
        return new ResultStreamer((ServerCallStreamObserver<FollowResultsResponse>) responses, this::post);
    }

    private void requireUploaded(JobGraph graph) {
        for (BlobReference jar : graph.jars()) {
            if (!blobs.contains(jar.sha256())) {
                throw Problem.of(JarError.JAR_NOT_UPLOADED, "'" + jar.fileName() + "' was not uploaded")
                        .fix("Upload it first; 'millrace run' does")
                        .asException();
            }
        }
    }

    private void post(Event event) {
        if (!control.post(event)) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("The JobManager's mailbox is full")
                    .asRuntimeException();
        }
    }

    private static SubmitJobResponse encodeSubmit(Outcome<JobSummary> outcome) {
        SubmitJobResponse.Builder response = SubmitJobResponse.newBuilder();
        if (outcome instanceof Outcome.Success<JobSummary> success) {
            return response.setAccepted(StatusCodec.encode(success.value())).build();
        }
        return response.setProblem(CommonCodec.encode(problemOf(outcome))).build();
    }

    private static ListJobsResponse encodeList(List<JobSummary> jobs) {
        ListJobsResponse.Builder response = ListJobsResponse.newBuilder();
        jobs.forEach(job -> response.addJobs(StatusCodec.encode(job)));
        return response.build();
    }

    private static GetJobResponse encodeGet(Outcome<JobDetails> outcome) {
        GetJobResponse.Builder response = GetJobResponse.newBuilder();
        if (outcome instanceof Outcome.Success<JobDetails> success) {
            return response.setDetails(StatusCodec.encode(success.value())).build();
        }
        return response.setProblem(CommonCodec.encode(problemOf(outcome))).build();
    }

    private static CancelJobResponse encodeCancel(Outcome<JobSummary> outcome) {
        CancelJobResponse.Builder response = CancelJobResponse.newBuilder();
        if (outcome instanceof Outcome.Success<JobSummary> success) {
            return response.setSummary(StatusCodec.encode(success.value())).build();
        }
        return response.setProblem(CommonCodec.encode(problemOf(outcome))).build();
    }

    private static ListCheckpointsResponse encodeCheckpoints(Outcome<List<CheckpointSummary>> outcome) {
        ListCheckpointsResponse.Builder response = ListCheckpointsResponse.newBuilder();
        if (outcome instanceof Outcome.Success<List<CheckpointSummary>> success) {
            success.value().forEach(checkpoint -> response.addCheckpoints(StatusCodec.encode(checkpoint)));
            return response.build();
        }
        return response.setProblem(CommonCodec.encode(problemOf(outcome))).build();
    }

    private static TakeSavepointResponse encodeSavepoint(Outcome<String> outcome) {
        TakeSavepointResponse.Builder response = TakeSavepointResponse.newBuilder();
        if (outcome instanceof Outcome.Success<String> success) {
            return response.setPath(success.value()).build();
        }
        return response.setProblem(CommonCodec.encode(problemOf(outcome))).build();
    }

    private static Problem problemOf(Outcome<?> outcome) {
        return ((Outcome.Failure<?>) outcome).problem();
    }

    /** The one response of a call; a caller that has gone is not answered. */
    private static final class Answer<T> {
        private final ServerCallStreamObserver<T> call;

        Answer(StreamObserver<T> responses) {
            this.call = (ServerCallStreamObserver<T>) responses;
            call.setOnCancelHandler(() -> {});
        }

        void send(T response) {
            if (!call.isCancelled()) {
                call.onNext(response);
                call.onCompleted();
            }
        }
    }
}
