package io.millrace.jobmanager.control.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager.OutputLines;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import io.millrace.jobmanager.control.contract.Command;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.contract.OutputFollower;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class JobOutputTest {
    private static final JobId JOB = new JobId(1, 2);

    private final JobOutput output = new JobOutput(new Limits(1, 1, 10, 1_000_000, 2));
    private JobStatus status = JobStatus.RUNNING;

    /** Notes what it is sent. */
    static final class Recorder implements OutputFollower {
        final List<String> lines = new ArrayList<>();
        final List<JobStatus> progress = new ArrayList<>();
        final List<JobStatus> ends = new ArrayList<>();
        long dropped;

        @Override
        public void lines(PrintedLines printed) {
            dropped += printed.droppedBefore();
            printed.lines().forEach(line -> lines.add(printed.subtask() + ">" + line));
        }

        @Override
        public void progress(JobSummary summary) {
            progress.add(summary.status());
        }

        @Override
        public void end(JobEnd end) {
            ends.add(end.status());
        }

        @Override
        public void refused(Problem problem) {
            throw new AssertionError(problem);
        }
    }

    @Test
    void linesReachAFollowerInOrderAndTheEndComesLast() {
        Recorder follower = new Recorder();
        output.follow(follower, false);
        print(0, 0, "a", "b");
        print(1, 0, "x");
        print(0, 2, "c");
        drain(follower);
        status = JobStatus.FINISHED;
        print(1, 1, "y");
        drain(follower);
        assertThat(follower.lines).containsExactly("0>a", "0>b", "1>x", "0>c", "1>y");
        assertThat(follower.progress).containsExactly(JobStatus.RUNNING);
        assertThat(follower.ends).containsExactly(JobStatus.FINISHED);
        assertThat(follower.dropped).isZero();
    }

    @Test
    void aFollowerIsSentOneItemForEachTimeItHasRoom() {
        Recorder follower = new Recorder();
        output.follow(follower, false);
        print(0, 0, "a");
        print(0, 1, "b");
        pump();
        pump();
        assertThat(follower.lines).containsExactly("0>a");
        output.ready(follower);
        pump();
        assertThat(follower.lines).containsExactly("0>a", "0>b");
    }

    @Test
    void aSlowFollowerMissesLinesAndLearnsHowMany() {
        Recorder follower = new Recorder();
        output.follow(follower, false);
        print(0, 0, "0");
        pump();
        for (int i = 1; i < 100; i++) {
            print(0, i, Integer.toString(i));
            pump();
        }
        drain(follower);
        assertThat(output.retainedLines()).isEqualTo(10);
        assertThat(follower.lines).hasSize(11).startsWith("0>0", "0>90").endsWith("0>99");
        assertThat(follower.dropped).isEqualTo(89);
    }

    @Test
    void linesThatTheTaskManagerDroppedAreCountedPerOperatorAndSubtask() {
        Recorder follower = new Recorder();
        output.follow(follower, false);
        print(0, 0, "a");
        print(0, 5, "f");
        print(1, 2, "x");
        drain(follower);
        assertThat(follower.dropped).isEqualTo(4 + 2);
    }

    @Test
    void whoAsksForRetainedLinesOnlyDoesNotWaitForTheEnd() {
        print(0, 0, "a");
        Recorder follower = new Recorder();
        output.follow(follower, true);
        drain(follower);
        assertThat(follower.lines).containsExactly("0>a");
        assertThat(follower.ends).containsExactly(JobStatus.RUNNING);
    }

    @Test
    void aFollowerThatLeftIsSentNothing() {
        Recorder follower = new Recorder();
        output.follow(follower, false);
        output.gone(follower);
        print(0, 0, "a");
        drain(follower);
        assertThat(follower.lines).isEmpty();
    }

    @Test
    void anEndedJobKeepsAnEighthOfTheMemory() {
        JobOutput small = new JobOutput(new Limits(1, 1, 1_000, 8_000, 2));
        for (int i = 0; i < 100; i++) {
            small.append(lines(0, i, "x".repeat(44)));
        }
        pump(small, JobStatus.RUNNING);
        assertThat(small.retainedLines()).isEqualTo(80);
        pump(small, JobStatus.FINISHED);
        assertThat(small.retainedLines()).isEqualTo(10);
    }

    /**
     * Whatever the schedule, a follower sees each subtask's lines in order, none twice, and all that it misses are
     * counted.
     */
    @Property
    void everyLineIsSeenInOrderOrCounted(
            @ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> steps,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        JobOutput any = new JobOutput(new Limits(1, 1, limit, 1_000_000, 2));
        Recorder follower = new Recorder();
        any.follow(follower, false);
        int[] printed = new int[2];
        for (int step : steps) {
            int subtask = step & 1;
            if (step < 2) {
                any.append(lines(subtask, printed[subtask], Integer.toString(printed[subtask]++)));
            } else if (step < 4) {
                any.append(lines(
                        subtask,
                        printed[subtask],
                        Integer.toString(printed[subtask]++),
                        Integer.toString(printed[subtask]++)));
            } else {
                any.ready(follower);
            }
            pump(any, JobStatus.RUNNING);
        }
        for (int i = 0; i < 200 && follower.ends.isEmpty(); i++) {
            any.ready(follower);
            pump(any, JobStatus.FINISHED);
        }
        assertThat(follower.ends).hasSize(1);
        assertThat(follower.lines.size() + follower.dropped).isEqualTo(printed[0] + printed[1]);
        for (int subtask = 0; subtask < 2; subtask++) {
            String prefix = subtask + ">";
            List<Integer> seen = follower.lines.stream()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> Integer.valueOf(line.substring(2)))
                    .toList();
            assertThat(seen).isSorted().doesNotHaveDuplicates();
        }
    }

    private void print(int subtask, long firstLine, String... text) {
        output.append(lines(subtask, firstLine, text));
    }

    private static OutputLines lines(int subtask, long firstLine, String... text) {
        return new OutputLines(new SubtaskId(JOB, 1, 0, subtask, 0), 3, "print", false, List.of(text), firstLine);
    }

    private void drain(OutputFollower follower) {
        for (int i = 0; i < 50; i++) {
            pump();
            output.ready(follower);
        }
    }

    private void pump() {
        pump(output, status);
    }

    private static void pump(JobOutput output, JobStatus status) {
        Outbox out = new Outbox(address -> Optional.empty());
        output.pump(new JobSummary(JOB, "job", status, 1, 0, Map.of()), new JobEnd(status, List.of(), 1, 0), out);
        out.commands().forEach(Command::execute);
    }
}
