package io.millrace.jobmanager.server;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GraphCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.proto.control.DispatcherGrpc;
import io.millrace.proto.control.DispatcherProto.CancelJobRequest;
import io.millrace.proto.control.DispatcherProto.FollowOutputRequest;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import io.millrace.proto.control.DispatcherProto.GetClusterStatusRequest;
import io.millrace.proto.control.DispatcherProto.GetJobRequest;
import io.millrace.proto.control.DispatcherProto.SubmitJobRequest;
import io.millrace.proto.control.DispatcherProto.SubmitJobResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A client of one job, {@link #JOB}. */
final class JobClient implements AutoCloseable {
    static final JobId JOB = new JobId(1, 2);

    final DispatcherGrpc.DispatcherBlockingV2Stub dispatcher;
    private final RpcClient client;

    JobClient(RpcAddress jobManager) {
        client = new RpcClient(jobManager);
        dispatcher = DispatcherGrpc.newBlockingV2Stub(client.channel()).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    /** Another JobManager is there now. */
    void retryNow() {
        client.retryNow();
    }

    SubmitJobResponse submit(JobGraph graph) throws StatusException {
        return dispatcher.submitJob(SubmitJobRequest.newBuilder()
                .setJob(CommonCodec.encode(JOB))
                .setGraph(GraphCodec.encode(graph))
                .build());
    }

    String cancel(JobId job) throws StatusException {
        var response = dispatcher.cancelJob(
                CancelJobRequest.newBuilder().setJob(CommonCodec.encode(job)).build());
        return response.hasProblem()
                ? response.getProblem().getCode()
                : response.getSummary().getStatus().name();
    }

    JobDetails details() throws StatusException {
        return StatusCodec.decode(dispatcher
                .getJob(GetJobRequest.newBuilder()
                        .setJob(CommonCodec.encode(JOB))
                        .build())
                .getDetails());
    }

    /** How the job ends, when that is durable. */
    JobStatus awaitEnd() throws Exception {
        BlockingClientCall<?, FollowOutputResponse> output = dispatcher.followOutput(
                FollowOutputRequest.newBuilder().setJob(CommonCodec.encode(JOB)).build());
        for (FollowOutputResponse event = output.read(); event != null; event = output.read()) {
            if (event.hasEnd()) {
                return StatusCodec.decode(event.getEnd()).status();
            }
        }
        throw new AssertionError("the output ended before the job");
    }

    ClusterStatus cluster() throws StatusException {
        return StatusCodec.decode(dispatcher.getClusterStatus(GetClusterStatusRequest.getDefaultInstance()));
    }

    static JobGraph graph(String name) {
        JobVertex vertex = new JobVertex(
                0,
                "v0",
                1,
                128,
                "default",
                List.of(new OperatorNode(0, "", "source", "Job.java:1", OpaqueBytes.EMPTY)),
                List.of());
        Map<String, String> settings = Map.of("checkpoint.interval", "0ms", "restart.strategy", "none");
        return new JobGraph(JobGraph.FORMAT_VERSION, name, List.of(vertex), List.of(), List.of(), settings);
    }

    Problem problemOf(StatusException failure) {
        return client.problemOf(failure);
    }

    @Override
    public void close() {
        client.close();
    }
}
