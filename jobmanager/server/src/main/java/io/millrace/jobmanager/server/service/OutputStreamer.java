package io.millrace.jobmanager.server.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.OutputFollower;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import java.util.function.Consumer;

/**
 * One client that follows a job's output. Written to by the control agent's thread only; asks for the next item as soon
 * as the connection has room.
 */
final class OutputStreamer implements OutputFollower {
    private final JobId job;
    private final ServerCallStreamObserver<FollowOutputResponse> call;
    private final Consumer<Event> control;
    private boolean ended;

    /** To be made within the call's method, which is when gRPC takes handlers. */
    OutputStreamer(JobId job, ServerCallStreamObserver<FollowOutputResponse> call, Consumer<Event> control) {
        this.job = job;
        this.call = call;
        this.control = control;
        call.setOnReadyHandler(() -> control.accept(new Event.OutputReady(job, this)));
        call.setOnCancelHandler(() -> control.accept(new Event.OutputGone(job, this)));
    }

    @Override
    public void lines(PrintedLines lines) {
        next(FollowOutputResponse.newBuilder()
                .setLines(StatusCodec.encode(lines))
                .build());
    }

    @Override
    public void progress(JobSummary summary) {
        next(FollowOutputResponse.newBuilder()
                .setProgress(StatusCodec.encode(summary))
                .build());
    }

    @Override
    public void end(JobEnd end) {
        last(FollowOutputResponse.newBuilder().setEnd(StatusCodec.encode(end)).build());
    }

    @Override
    public void refused(Problem problem) {
        last(FollowOutputResponse.newBuilder()
                .setProblem(CommonCodec.encode(problem))
                .build());
    }

    private void next(FollowOutputResponse item) {
        if (ended || call.isCancelled()) {
            return;
        }
        call.onNext(item);
        if (call.isReady()) {
            control.accept(new Event.OutputReady(job, this));
        }
    }

    private void last(FollowOutputResponse item) {
        if (!ended && !call.isCancelled()) {
            call.onNext(item);
            call.onCompleted();
        }
        ended = true;
    }
}
