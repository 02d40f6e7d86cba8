package io.millrace.client.cli.cluster;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import java.util.function.Function;

/** Reads what the JobManager tells about a job that is followed. One reader; {@link #close} by any thread. */
public final class OutputStreamReader implements AutoCloseable {
    private final BlockingClientCall<?, FollowOutputResponse> call;
    private final Function<Status, Problem> problems;

    OutputStreamReader(BlockingClientCall<?, FollowOutputResponse> call, Function<Status, Problem> problems) {
        this.call = call;
        this.problems = problems;
    }

    /**
     * Waits for the next event. Not to be called after an {@link OutputEvent.End}.
     *
     * @throws io.millrace.common.core.error.MillraceException if the job cannot be followed, or no longer
     */
    public OutputEvent next() throws InterruptedException {
        while (true) {
            FollowOutputResponse response = read();
            switch (response.getEventCase()) {
                case LINES -> {
                    return new OutputEvent.Lines(StatusCodec.decode(response.getLines()));
                }
                case PROGRESS -> {
                    return new OutputEvent.Progress(StatusCodec.decode(response.getProgress()));
                }
                case END -> {
                    return new OutputEvent.End(StatusCodec.decode(response.getEnd()));
                }
                case PROBLEM -> throw CommonCodec.decode(response.getProblem()).asException();
                case EVENT_NOT_SET -> {
                    // A newer JobManager tells something that this version does not know.
                }
            }
        }
    }

    @Override
    public void close() {
        call.cancel("done", null);
    }

    private FollowOutputResponse read() throws InterruptedException {
        try {
            FollowOutputResponse response = call.read();
            if (response == null) {
                throw problems.apply(Status.UNAVAILABLE.withDescription("the output ended before the job did"))
                        .asException();
            }
            return response;
        } catch (StatusException e) {
            throw problems.apply(e.getStatus()).asException(e);
        }
    }
}
