package io.millrace.jobmanager.server.service;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.ResultFollower;
import io.millrace.proto.control.DispatcherProto.FollowResults;
import io.millrace.proto.control.DispatcherProto.FollowResultsRequest;
import io.millrace.proto.control.DispatcherProto.FollowResultsResponse;
import io.millrace.proto.control.DispatcherProto.Results;
import io.millrace.proto.control.DispatcherProto.ResultsConsumed;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that takes a job's results. What it asks and acknowledges arrives on gRPC's threads and is posted; it is
 * written to by the control agent's thread only.
 */
final class ResultStreamer implements StreamObserver<FollowResultsRequest> {
    private final ServerCallStreamObserver<FollowResultsResponse> call;
    private final Consumer<Event> control;
    private @Nullable Following following;

    /** To be made within the call's method, which is when gRPC takes handlers. */
    ResultStreamer(ServerCallStreamObserver<FollowResultsResponse> call, Consumer<Event> control) {
        this.call = call;
        this.control = control;
        call.setOnReadyHandler(this::ready);
        call.setOnCancelHandler(this::gone);
    }

    @Override
    public void onNext(FollowResultsRequest request) {
        Following current = following;
        if (current == null && request.hasFollow()) {
            FollowResults follow = request.getFollow();
            Following first = new Following(CommonCodec.decode(follow.getJob()), follow.getOperator());
            following = first;
            control.accept(new Event.FollowResults(first.job, first.operator, first));
        } else if (current != null && request.hasConsumed()) {
            ResultsConsumed consumed = request.getConsumed();
            control.accept(new Event.ResultsConsumed(
                    current.job, current.operator, current, consumed.getSubtask(), consumed.getNextSequence()));
        } else {
            throw Status.INVALID_ARGUMENT
                    .withDescription("First one 'follow', then 'consumed'")
                    .asRuntimeException();
        }
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    /** The client sends no more acknowledgements; it may still be sent its end. */
    @Override
    public void onCompleted() {}

    private void ready() {
        Following current = following;
        if (current != null) {
            control.accept(new Event.ResultsReady(current.job, current.operator, current));
        }
    }

    private void gone() {
        Following current = following;
        if (current != null) {
            control.accept(new Event.ResultsGone(current.job, current.operator, current));
        }
    }

    /** The client as the control agent sees it. Its methods run on the agent's thread. */
    private final class Following implements ResultFollower {
        private final JobId job;
        private final int operator;
        private boolean ended;

        Following(JobId job, int operator) {
            this.job = job;
            this.operator = operator;
        }

        @Override
        public void results(int subtask, long sequence, OpaqueBytes batch) {
            if (ended || call.isCancelled()) {
                return;
            }
            call.onNext(FollowResultsResponse.newBuilder()
                    .setResults(Results.newBuilder()
                            .setSubtask(subtask)
                            .setSequence(sequence)
                            .setBatch(UnsafeByteOperations.unsafeWrap(batch.array())))
                    .build());
            if (call.isReady()) {
                control.accept(new Event.ResultsReady(job, operator, this));
            }
        }

        @Override
        public void end(JobEnd end) {
            last(FollowResultsResponse.newBuilder()
                    .setEnd(StatusCodec.encode(end))
                    .build());
        }

        @Override
        public void refused(Problem problem) {
            last(FollowResultsResponse.newBuilder()
                    .setProblem(CommonCodec.encode(problem))
                    .build());
        }

        private void last(FollowResultsResponse item) {
            if (!ended && !call.isCancelled()) {
                call.onNext(item);
                call.onCompleted();
            }
            ended = true;
        }
    }
}
