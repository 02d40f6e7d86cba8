package io.millrace.jobmanager.control.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager.ResultBatch;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.ResultFollower;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ResultRelayTest {
    private static final int WINDOW = 3;
    private static final int OPERATOR = 5;
    private static final PeerAddress TASK_MANAGER =
            new PeerAddress(new TaskManagerId("a"), new Incarnation(1), "127.0.0.1", 6_000);

    private final ResultRelay relay = new ResultRelay(OPERATOR, WINDOW);
    private final Wire wire = new Wire();
    private final Client client = new Client();
    private JobStatus status = JobStatus.RUNNING;

    /** Notes acknowledgements to the TaskManager. */
    private static final class Wire implements Session {
        private final List<ToTaskManager> acks = new ArrayList<>();

        @Override
        public void send(ToTaskManager message) {
            acks.add(message);
        }

        @Override
        public void close() {
            throw new AssertionError("closed");
        }

        @Override
        public void handled() {
            throw new AssertionError("handled");
        }
    }

    /** Notes what it is sent. */
    private static final class Client implements ResultFollower {
        private final List<String> batches = new ArrayList<>();
        private final List<JobStatus> ends = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();

        @Override
        public void results(int subtask, long sequence, OpaqueBytes batch) {
            assertThat(batch.array()).containsExactly(subtask, (int) sequence);
            batches.add(subtask + ":" + sequence);
        }

        @Override
        public void end(JobEnd end) {
            ends.add(end.status());
        }

        @Override
        public void refused(Problem problem) {
            refusals.add(problem.code());
        }
    }

    @Test
    void batchesReachTheClientAndItsAcknowledgementsReachTheTaskManager() {
        relay.follow(client, outbox());
        assertThat(accept(0, 0)).isEmpty();
        assertThat(accept(0, 1)).isEmpty();
        pump();
        pump();
        assertThat(client.batches).containsExactly("0:0");
        relay.ready(client);
        pump();
        assertThat(client.batches).containsExactly("0:0", "0:1");
        consumed(0, 2);
        assertThat(wire.acks).containsExactly(new ToTaskManager.ResultAck(subtask(0), OPERATOR, 2));
        assertThat(relay.keptBatches()).isZero();
    }

    @Test
    void subtasksTakeTurns() {
        relay.follow(client, outbox());
        accept(0, 0);
        accept(0, 1);
        accept(1, 0);
        accept(2, 0);
        for (int i = 0; i < 4; i++) {
            pump();
            relay.ready(client);
        }
        assertThat(client.batches).containsExactly("0:0", "1:0", "2:0", "0:1");
    }

    @Test
    void aBatchThatIsThereAlreadyIsNotTakenTwiceAndTheTaskManagerHearsWhatTheClientHas() {
        relay.follow(client, outbox());
        accept(0, 0);
        pump();
        consumed(0, 1);
        wire.acks.clear();
        assertThat(accept(0, 0)).isEmpty();
        assertThat(wire.acks).containsExactly(new ToTaskManager.ResultAck(subtask(0), OPERATOR, 1));
        assertThat(relay.keptBatches()).isZero();
    }

    @Test
    void aBatchBeyondTheWindowOrAfterAGapIsAViolation() {
        for (int i = 0; i < WINDOW; i++) {
            assertThat(accept(0, i)).isEmpty();
        }
        assertThat(accept(0, WINDOW)).map(Problem::code).contains("PROTOCOL_VIOLATION");
        assertThat(accept(1, 1)).map(Problem::code).contains("PROTOCOL_VIOLATION");
        assertThat(relay.keptBatches()).isEqualTo(WINDOW);
    }

    @Test
    void whatWasNeverSentCannotBeConsumed() {
        relay.follow(client, outbox());
        accept(0, 0);
        consumed(0, 1);
        assertThat(relay.keptBatches()).isEqualTo(1);
        assertThat(wire.acks).isEmpty();
        consumed(7, 1);
    }

    @Test
    void aSecondClientTakesOverFromWhatIsNotAcknowledged() {
        relay.follow(client, outbox());
        accept(0, 0);
        accept(0, 1);
        pump();
        consumed(0, 1);
        relay.ready(client);
        pump();
        Client second = new Client();
        Outbox out = outbox();
        relay.follow(second, out);
        out.commands().forEach(Command::execute);
        assertThat(client.refusals).containsExactly("RESULTS_TAKEN_OVER");
        pump();
        assertThat(second.batches).containsExactly("0:1");
        consumed(0, 2);
        assertThat(relay.keptBatches()).isEqualTo(1);
    }

    @Test
    void aFinishedJobEndsAfterTheLastBatchAndAnyOtherAtOnce() {
        relay.follow(client, outbox());
        accept(0, 0);
        status = JobStatus.FINISHED;
        pump();
        assertThat(client.ends).isEmpty();
        relay.ready(client);
        pump();
        assertThat(client.ends).containsExactly(JobStatus.FINISHED);

        Client late = new Client();
        relay.follow(late, outbox());
        status = JobStatus.CANCELED;
        pump();
        assertThat(late.batches).isEmpty();
        assertThat(late.ends).containsExactly(JobStatus.CANCELED);
    }

    /**
     * A TaskManager that repeats itself, a client that comes and goes: every batch is consumed exactly once and in
     * order.
     */
    @Property
    void everyBatchIsConsumedExactlyOnce(@ForAll @Size(max = 80) List<@IntRange(max = 5) Integer> steps) {
        ResultRelay any = new ResultRelay(OPERATOR, WINDOW);
        wire.acks.clear();
        List<String> taken = new ArrayList<>();
        Client current = new Client();
        any.follow(current, outbox());
        long produced = 0;
        long acknowledged = 0;
        long consumed = 0;
        for (int step : steps) {
            Outbox out = outbox();
            switch (step) {
                case 0, 1 -> {
                    if (produced - acknowledged < WINDOW) {
                        assertThat(any.accept(batch(0, produced++), TASK_MANAGER, out))
                                .isEmpty();
                    }
                }
                case 2 -> {
                    for (long again = acknowledged; again < produced; again++) {
                        assertThat(any.accept(batch(0, again), TASK_MANAGER, out))
                                .isEmpty();
                    }
                }
                case 3 -> any.ready(current);
                case 4 -> {
                    for (String batch : current.batches) {
                        taken.add(batch);
                        consumed++;
                    }
                    current.batches.clear();
                    any.consumed(current, 0, consumed, out);
                }
                default -> {
                    any.gone(current);
                    current = new Client();
                    any.follow(current, out);
                }
            }
            any.pump(new JobEnd(JobStatus.RUNNING, List.of(), 1, 0), out);
            out.commands().forEach(Command::execute);
            for (ToTaskManager ack : wire.acks) {
                acknowledged = Math.max(acknowledged, ((ToTaskManager.ResultAck) ack).nextSequence());
            }
            assertThat(any.keptBatches()).isEqualTo(produced - acknowledged);
        }
        List<String> expected = new ArrayList<>();
        for (long i = 0; i < consumed; i++) {
            expected.add("0:" + i);
        }
        assertThat(taken).isEqualTo(expected);
    }

    private Optional<Problem> accept(int subtask, long sequence) {
        Outbox out = outbox();
        Optional<Problem> problem = relay.accept(batch(subtask, sequence), TASK_MANAGER, out);
        out.commands().forEach(Command::execute);
        return problem;
    }

    private void consumed(int subtask, long next) {
        Outbox out = outbox();
        relay.consumed(client, subtask, next, out);
        out.commands().forEach(Command::execute);
    }

    private void pump() {
        Outbox out = outbox();
        relay.pump(new JobEnd(status, List.of(), 1, 0), out);
        out.commands().forEach(Command::execute);
    }

    private Outbox outbox() {
        return new Outbox(address -> Optional.of(wire));
    }

    private static ResultBatch batch(int subtask, long sequence) {
        OpaqueBytes bytes = new OpaqueBytes(new byte[] {(byte) subtask, (byte) sequence});
        return new ResultBatch(subtask(subtask), OPERATOR, sequence, bytes);
    }

    private static SubtaskId subtask(int index) {
        return new SubtaskId(new JobId(1, 2), 1, 0, index, 0);
    }
}
