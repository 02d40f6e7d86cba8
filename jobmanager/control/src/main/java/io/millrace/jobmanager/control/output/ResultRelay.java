package io.millrace.jobmanager.control.output;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager.ResultBatch;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.ResultFollower;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries the results of one collecting sink to the one client that takes them, each batch exactly once. A batch is
 * kept until the client acknowledges it; the sink's subtasks may be at most a window of batches ahead of that, which
 * bounds what is kept here and holds the job back when the client is slow. Belongs to the control agent.
 */
public final class ResultRelay {
    private final int operator;
    private final int window;

    /** By subtask index. */
    private final Map<Integer, Lane> lanes = new TreeMap<>();

    private @Nullable ResultFollower follower;
    private boolean ready;
    private int lastLane = -1;

    public ResultRelay(int operator, int window) {
        this.operator = operator;
        this.window = window;
    }

    /** The batches of one subtask: kept are those from {@code acknowledged} up to but without {@code expected}. */
    private static final class Lane {
        private final Deque<ResultBatch> kept = new ArrayDeque<>();
        private ResultBatch newest;
        private PeerAddress taskManager;
        private long acknowledged;
        private long sent;
        private long expected;

        Lane(ResultBatch newest, PeerAddress taskManager) {
            this.newest = newest;
            this.taskManager = taskManager;
        }

        Optional<ResultBatch> unsent() {
            return kept.stream().filter(batch -> batch.sequence() == sent).findFirst();
        }
    }

    /**
     * Takes a batch. One that is there already is ignored; one that the client has is acknowledged again.
     *
     * @return the problem that must fail the job, if no correct TaskManager sends this batch now
     */
    public Optional<Problem> accept(ResultBatch batch, PeerAddress taskManager, Outbox out) {
        Lane lane = lanes.computeIfAbsent(batch.subtask().index(), key -> new Lane(batch, taskManager));
        int run = batch.subtask().run();
        if (run < lane.newest.subtask().run()) {
            return Optional.empty();
        }
        if (run > lane.newest.subtask().run() && lane.expected > 0) {
            return Optional.of(Problem.of(
                            ControlError.RESULTS_INTERRUPTED,
                            "The results of run " + lane.newest.subtask().run() + " cannot be followed by those of run "
                                    + run)
                    .because("Batches of the run before were taken already; some would come twice, or not at all")
                    .fix("Submit the job again; write results that have to survive failures to a sink"));
        }
        lane.newest = batch;
        lane.taskManager = taskManager;
        if (batch.sequence() < lane.expected) {
            acknowledge(lane, out);
            return Optional.empty();
        }
        if (batch.sequence() > lane.expected || lane.kept.size() >= window) {
            return Optional.of(Problem.of(
                            ControlError.PROTOCOL_VIOLATION,
                            "Operator " + operator + " sent result batch " + batch.sequence() + " when batch "
                                    + lane.expected + " of at most " + (lane.acknowledged + window) + " was due")
                    .fix("Use the same Millrace version everywhere; if it is, report this as a bug"));
        }
        lane.kept.add(batch);
        lane.expected++;
        return Optional.empty();
    }

    /** A client takes over from what is not acknowledged; it has room for one batch. */
    public void follow(ResultFollower newFollower, Outbox out) {
        ResultFollower old = follower;
        if (old != null) {
            Problem problem = Problem.of(
                            ControlError.RESULTS_TAKEN_OVER, "Another client takes the results of this job now")
                    .fix("Let one client at a time take a job's results");
            out.answer(old::refused, problem);
        }
        follower = newFollower;
        ready = true;
        lanes.values().forEach(lane -> lane.sent = lane.acknowledged);
    }

    public void ready(ResultFollower which) {
        ready |= which == follower;
    }

    public void gone(ResultFollower which) {
        if (which == follower) {
            follower = null;
        }
    }

    /** The client has all batches of a subtask below {@code nextSequence}. What it was never sent it cannot have. */
    public void consumed(ResultFollower which, int subtask, long nextSequence, Outbox out) {
        Lane lane = lanes.get(subtask);
        if (which != follower || lane == null || nextSequence <= lane.acknowledged || nextSequence > lane.sent) {
            return;
        }
        while (lane.acknowledged < nextSequence) {
            lane.kept.remove();
            lane.acknowledged++;
        }
        acknowledge(lane, out);
    }

    /**
     * Sends the follower its next batch if it has room, the subtasks in turn.
     *
     * @param end how the job stands or ended; the follower leaves after the last batch if it finished, at once if it
     *     ended otherwise
     */
    public void pump(JobEnd end, Outbox out) {
        ResultFollower current = follower;
        if (current == null || !ready) {
            return;
        }
        boolean broken = end.status().isTerminal() && end.status() != JobStatus.FINISHED;
        Optional<ResultBatch> next = broken ? Optional.empty() : nextBatch();
        if (next.isPresent()) {
            ready = false;
            ResultBatch batch = next.get();
            out.answer(to -> current.results(to.subtask().index(), to.sequence(), to.batch()), batch);
        } else if (end.status().isTerminal()) {
            out.answer(current::end, end);
            follower = null;
        }
    }

    long keptBatches() {
        return lanes.values().stream().mapToLong(lane -> lane.kept.size()).sum();
    }

    private Optional<ResultBatch> nextBatch() {
        int start = lastLane;
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<Integer, Lane> entry : lanes.entrySet()) {
                boolean due = round == 0 ? entry.getKey() > start : entry.getKey() <= start;
                Optional<ResultBatch> batch = due ? entry.getValue().unsent() : Optional.empty();
                if (batch.isPresent()) {
                    lastLane = entry.getKey();
                    entry.getValue().sent++;
                    return batch;
                }
            }
        }
        return Optional.empty();
    }

    private void acknowledge(Lane lane, Outbox out) {
        ToTaskManager.ResultAck ack = new ToTaskManager.ResultAck(lane.newest.subtask(), operator, lane.acknowledged);
        out.toTaskManager(lane.taskManager, ack);
    }
}
