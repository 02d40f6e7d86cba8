package io.millrace.client.cli.cluster;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.millrace.api.execution.CollectedBatches;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.proto.control.DispatcherProto.FollowResults;
import io.millrace.proto.control.DispatcherProto.FollowResultsRequest;
import io.millrace.proto.control.DispatcherProto.FollowResultsResponse;
import io.millrace.proto.control.DispatcherProto.Results;
import io.millrace.proto.control.DispatcherProto.ResultsConsumed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The batches of one collecting sink, acknowledged one behind, so that nothing is lost that was not looked at. */
public final class FollowedResults implements CollectedBatches {
    private final BlockingClientCall<FollowResultsRequest, FollowResultsResponse> call;
    private final JobId job;
    private final int operator;
    private final Function<Status, Problem> problems;
    private final Map<Integer, Long> nextSequences = new HashMap<>();
    private @Nullable Results taken;
    private boolean opened;
    private boolean ended;

    FollowedResults(
            BlockingClientCall<FollowResultsRequest, FollowResultsResponse> call,
            JobId job,
            int operator,
            Function<Status, Problem> problems) {
        this.call = call;
        this.job = job;
        this.operator = operator;
        this.problems = problems;
    }

    @Override
    public byte @Nullable [] next() throws InterruptedException {
        try {
            open();
            acknowledge();
            return ended ? null : read();
        } catch (StatusException e) {
            throw problems.apply(e.getStatus()).asException(e);
        }
    }

    @Override
    public void close() {
        ended = true;
        call.cancel("done", null);
    }

    private void open() throws InterruptedException, StatusException {
        if (!opened && !ended) {
            opened = true;
            write(FollowResultsRequest.newBuilder()
                    .setFollow(FollowResults.newBuilder()
                            .setJob(CommonCodec.encode(job))
                            .setOperator(operator))
                    .build());
        }
    }

    private void acknowledge() throws InterruptedException, StatusException {
        Results before = taken;
        if (before != null && !ended) {
            taken = null;
            write(FollowResultsRequest.newBuilder()
                    .setConsumed(ResultsConsumed.newBuilder()
                            .setSubtask(before.getSubtask())
                            .setNextSequence(before.getSequence() + 1))
                    .build());
        }
    }

    /** A call that has ended takes nothing more; reading from it tells how it ended. */
    private void write(FollowResultsRequest request) throws InterruptedException, StatusException {
        boolean open = call.write(request);
        if (!open) {
            taken = null;
        }
    }

    private byte @Nullable [] read() throws InterruptedException, StatusException {
        while (true) {
            FollowResultsResponse response = call.read();
            if (response == null) {
                throw problems.apply(Status.UNAVAILABLE.withDescription("the results ended before the job did"))
                        .asException();
            }
            switch (response.getEventCase()) {
                case RESULTS -> {
                    Results results = response.getResults();
                    if (isNew(results)) {
                        taken = results;
                        return results.getBatch().toByteArray();
                    }
                }
                case END -> {
                    ended = true;
                    JobEnd end = StatusCodec.decode(response.getEnd());
                    JobEnds.requireFinished(job, end);
                    return null;
                }
                case PROBLEM -> throw CommonCodec.decode(response.getProblem()).asException();
                case EVENT_NOT_SET -> {
                    // A newer JobManager tells something that this version does not know.
                }
            }
        }
    }

    private boolean isNew(Results results) {
        long expected = nextSequences.getOrDefault(results.getSubtask(), 0L);
        if (results.getSequence() < expected) {
            return false;
        }
        nextSequences.put(results.getSubtask(), results.getSequence() + 1);
        return true;
    }
}
