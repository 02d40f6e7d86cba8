package io.millrace.taskmanager.server.supervisor;

import static io.millrace.taskmanager.server.supervisor.SupervisorFixture.subtask;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.SubtaskStateChanged;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent;
import io.millrace.taskmanager.server.output.PrintedLinesChannel;
import io.millrace.taskmanager.server.output.ResultChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskManagerSupervisorTest {
    private final SupervisorFixture fixture = new SupervisorFixture();

    private List<ExecutionState> reportedStates() {
        return fixture.sent(SubtaskStateChanged.class).stream()
                .map(SubtaskStateChanged::state)
                .toList();
    }

    @Test
    void registersAsSoonAsTheStreamIsOpen() {
        fixture.registered(1);
        assertThat(fixture.sent(FromTaskManager.Register.class)).singleElement().satisfies(register -> {
            assertThat(register.address()).isEqualTo(SupervisorFixture.ADDRESS);
            assertThat(register.slots()).isEqualTo(2);
            assertThat(register.tasks()).isEmpty();
        });
    }

    @Test
    void theLastWordOfASupervisorThatIsClosedIsGoodbyeAndTheStreamEndsAfterIt() {
        fixture.registered(1);
        fixture.supervisor.onClose();
        assertThat(fixture.lastSent()).isInstanceOf(FromTaskManager.Leaving.class);
        assertThat(fixture.calls).endsWith("finish");
        assertThat(fixture.supervisor.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anybodyCanSeeWhetherItIsRegistered() {
        assertThat(fixture.supervisor.linkStatistics()).isEqualTo(new LinkStatistics(false, 0));

        fixture.registered(1);
        fixture.advance(500);
        assertThat(fixture.supervisor.linkStatistics()).isEqualTo(new LinkStatistics(true, 1));

        fixture.supervisor.onClose();
        assertThat(fixture.supervisor.linkStatistics()).isEqualTo(new LinkStatistics(false, 1));
    }

    @Test
    void heartbeatsComeAtTheIntervalTheLeaderAskedFor() {
        fixture.registered(1);
        for (int i = 0; i < 3; i++) {
            fixture.advance(500).receive(1, new ToTaskManager.HeartbeatAck(i));
        }
        assertThat(fixture.sent(FromTaskManager.Heartbeat.class))
                .extracting(FromTaskManager.Heartbeat::sequence)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void aTaskGoesThroughItsLife() {
        fixture.registered(1).deployed(0);
        fixture.receive(1, new ToTaskManager.Start(List.of(subtask(0))))
                .receive(1, new ToTaskManager.Start(List.of(subtask(0))))
                .state(0, ExecutionState.RUNNING)
                .state(0, ExecutionState.FINISHED);
        assertThat(fixture.calls).containsExactly("open 1", "acquire 0", "deploy 0", "start 0", "ended 0", "release 0");
        assertThat(reportedStates())
                .containsExactly(ExecutionState.INITIALIZING, ExecutionState.RUNNING, ExecutionState.FINISHED);
    }

    @Test
    void aSecondDeployOfTheSameAttemptIsAnsweredWithItsState() {
        fixture.registered(1).deployed(0);
        fixture.receive(1, new ToTaskManager.Deploy(SupervisorFixture.deployment(0)));
        assertThat(reportedStates()).containsExactly(ExecutionState.INITIALIZING, ExecutionState.INITIALIZING);
        assertThat(fixture.calls).filteredOn("deploy 0"::equals).hasSize(1);
    }

    @Test
    void cancelWhileJarsAreFetchedEndsTheTaskBeforeItIsBuilt() {
        fixture.registered(1);
        fixture.receive(1, new ToTaskManager.Deploy(SupervisorFixture.deployment(0)));
        fixture.receive(1, new ToTaskManager.Cancel(List.of(subtask(0))));
        assertThat(reportedStates()).isEmpty();
        fixture.post(new SupervisorEvent.LibrariesReady(subtask(0), getClass().getClassLoader()));
        assertThat(reportedStates()).containsExactly(ExecutionState.CANCELED);
        assertThat(fixture.calls).containsExactly("open 1", "acquire 0", "release 0");
    }

    @Test
    void aTaskThatFinishesWhileItIsCancelledCountsAsCancelled() {
        fixture.registered(1).deployed(0).receive(1, new ToTaskManager.Cancel(List.of(subtask(0))));
        fixture.state(0, ExecutionState.FINISHED);
        assertThat(reportedStates()).containsExactly(ExecutionState.INITIALIZING, ExecutionState.CANCELED);
    }

    @Test
    void cancelOfAnUnknownTaskIsReportedCancelled() {
        fixture.registered(1).receive(1, new ToTaskManager.Cancel(List.of(subtask(5))));
        assertThat(fixture.lastSent()).isEqualTo(new SubtaskStateChanged(subtask(5), ExecutionState.CANCELED, null));
    }

    @Test
    void aJarThatCannotBeFetchedFailsTheTaskWithItsProblem() {
        fixture.registered(1).receive(1, new ToTaskManager.Deploy(SupervisorFixture.deployment(0)));
        Problem problem = Problem.of(TaskManagerErrors.JOB_LIBRARY_UNAVAILABLE, "no jar");
        fixture.post(new SupervisorEvent.LibrariesFailed(subtask(0), problem));
        SubtaskStateChanged report = (SubtaskStateChanged) fixture.lastSent();
        assertThat(report.state()).isEqualTo(ExecutionState.FAILED);
        assertThat(report.failure()).isNotNull();
        assertThat(report.failure().problem()).isEqualTo(problem);
        assertThat(report.failure().vertexName()).isEqualTo("Map");
    }

    @Test
    void commandsOfAnOlderLeaderAreFencedAndNotApplied() {
        fixture.registered(3).receive(2, new ToTaskManager.Deploy(SupervisorFixture.deployment(0)));
        assertThat(fixture.calls).doesNotContain("acquire 0");
        assertThat(fixture.lastSent()).isInstanceOf(FromTaskManager.Fenced.class);
    }

    @Test
    void messagesOfAnOlderStreamAreIgnored() {
        fixture.registered(1);
        long old = fixture.attempt;
        fixture.post(new SupervisorEvent.LinkClosed(old, "reset")).registered(1);
        fixture.post(new SupervisorEvent.Received(
                old, new io.millrace.common.core.id.Epoch(1), new ToTaskManager.Shutdown("old")));
        fixture.post(new SupervisorEvent.LinkClosed(old, "late news"));
        assertThat(fixture.ended).isEmpty();
        assertThat(fixture.open).isTrue();
    }

    @Test
    void afterALostStreamItRegistersAgainWithItsTasksAndTheyGoOn() {
        fixture.registered(1).deployed(0).receive(1, new ToTaskManager.Start(List.of(subtask(0))));
        fixture.state(0, ExecutionState.RUNNING);
        fixture.post(new SupervisorEvent.LinkClosed(1, "reset"));
        assertThat(fixture.calls).contains("open 2").doesNotContain("cancel 0");
        fixture.registered(2);
        List<FromTaskManager.Register> registers = fixture.sent(FromTaskManager.Register.class);
        assertThat(registers.get(1).tasks())
                .extracting(TaskReport::subtask, TaskReport::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(subtask(0), ExecutionState.RUNNING));
    }

    @Test
    void endedTasksAreReportedUntilTheyAreForgotten() {
        fixture.registered(1).deployed(0).state(0, ExecutionState.FAILED);
        fixture.post(new SupervisorEvent.LinkClosed(1, "reset")).registered(1);
        assertThat(fixture.sent(FromTaskManager.Register.class).get(1).tasks()).hasSize(1);
        fixture.receive(1, new ToTaskManager.Forget(List.of(subtask(0))));
        fixture.post(new SupervisorEvent.LinkClosed(2, "reset")).registered(1);
        assertThat(fixture.sent(FromTaskManager.Register.class).get(2).tasks()).isEmpty();
    }

    @Test
    void aSilentLeaderIsGivenUpAndTriedAgain() {
        fixture.registered(1).advance(5_001);
        assertThat(fixture.calls).containsExactly("open 1", "open 2");
    }

    @Test
    void reconnectingBacksOff() {
        fixture.run();
        for (int i = 0; i < 12; i++) {
            fixture.post(new SupervisorEvent.LinkClosed(fixture.attempt, "refused"))
                    .advance(100);
        }
        // 100, 200, 400, 800 and 1,000 ms of delay: four attempts fit into 1.2 s.
        assertThat(fixture.calls).contains("open 4").doesNotContain("open 6");
    }

    @Test
    void orphansAreCancelledAfterTheTimeout() {
        fixture.registered(1).deployed(0);
        fixture.post(new SupervisorEvent.LinkClosed(1, "gone"));
        fixture.advance(299_000);
        assertThat(fixture.calls).doesNotContain("cancel 0");
        fixture.advance(2_000);
        assertThat(fixture.calls).contains("cancel 0");
    }

    @Test
    void permanentRefusalEndsTheProcess() {
        fixture.run().post(new SupervisorEvent.LinkOpened(1));
        Problem problem = Problem.of(TaskManagerErrors.INTERNAL_ERROR, "wrong cluster");
        fixture.receive(1, new ToTaskManager.Refused(problem, true));
        assertThat(fixture.ended).containsExactly(problem);
        fixture.advance(60_000);
        assertThat(fixture.calls).containsExactly("open 1");
    }

    @Test
    void linesGoOutInOrderBeforeTheNewsOfTheEndAndGapsShow() {
        fixture.registered(1).deployed(0);
        PrintedLinesChannel lines = fixture.outbox.openLines(subtask(0), 3, "Print");
        for (int i = 0; i < 5_000; i++) {
            lines.print("line " + i, false);
        }
        fixture.state(0, ExecutionState.FAILED);
        List<FromTaskManager.OutputLines> messages = fixture.sent(FromTaskManager.OutputLines.class);
        assertThat(messages.stream().mapToInt(message -> message.lines().size()).sum())
                .isEqualTo(4_096);
        assertThat(messages.get(1).firstLine())
                .isEqualTo(messages.get(0).lines().size());
        assertThat(fixture.lastSent()).isInstanceOf(SubtaskStateChanged.class);
        lines.print("after", false);
        fixture.run();
        assertThat(((FromTaskManager.OutputLines) fixture.lastSent()).firstLine())
                .isEqualTo(5_000);
    }

    @Test
    void resultsAreKeptUntilAcknowledgedAndSentAgainAfterARegistration() {
        fixture.registered(1).deployed(0);
        ResultChannel results =
                fixture.outbox.openResults(subtask(0), 3, new io.millrace.common.core.concurrent.Signal());
        fixture.run();
        for (int i = 0; i < 4; i++) {
            assertThat(results.hasRoom()).isTrue();
            results.add(new byte[] {(byte) i}, 0, 1);
            results.flush();
        }
        fixture.run();
        assertThat(results.hasRoom()).isFalse();
        fixture.post(new SupervisorEvent.LinkClosed(1, "reset")).registered(1);
        assertThat(results.hasRoom()).isFalse();
        assertThat(fixture.sent(FromTaskManager.ResultBatch.class))
                .extracting(FromTaskManager.ResultBatch::sequence)
                .containsExactly(0L, 1L, 2L, 3L, 0L, 1L, 2L, 3L);
        fixture.receive(1, new ToTaskManager.ResultAck(subtask(0), 3, 2));
        assertThat(results.hasRoom()).isTrue();
        fixture.receive(1, new ToTaskManager.Start(List.of(subtask(0))))
                .state(0, ExecutionState.RUNNING)
                .state(0, ExecutionState.FINISHED);
        assertThat(reportedStates()).doesNotContain(ExecutionState.FINISHED);
        fixture.receive(1, new ToTaskManager.ResultAck(subtask(0), 3, 4));
        assertThat(reportedStates()).contains(ExecutionState.FINISHED);
    }

    @Test
    void noMoreResultsThanTheWindowAreSentHoweverManyOneStepMakes() {
        fixture.registered(1).deployed(0);
        ResultChannel results =
                fixture.outbox.openResults(subtask(0), 3, new io.millrace.common.core.concurrent.Signal());
        for (int i = 0; i < 7; i++) {
            results.add(new byte[] {(byte) i}, 0, 1);
            results.flush();
        }
        fixture.run();
        assertThat(fixture.sent(FromTaskManager.ResultBatch.class)).hasSize(4);
        fixture.receive(1, new ToTaskManager.ResultAck(subtask(0), 3, 2));
        fixture.run();
        assertThat(fixture.sent(FromTaskManager.ResultBatch.class))
                .extracting(FromTaskManager.ResultBatch::sequence)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    private static ToTaskManager.TriggerCheckpoint trigger(int run, long checkpoint) {
        return new ToTaskManager.TriggerCheckpoint(
                subtask(0).job(), run, checkpoint, CheckpointKind.CHECKPOINT, "/checkpoints");
    }

    private void running(int index) {
        fixture.deployed(index).receive(1, new ToTaskManager.Start(List.of(subtask(index))));
        fixture.state(index, ExecutionState.RUNNING);
    }

    private void snapshot(int index, long checkpoint) {
        TaskSnapshot snapshot = new TaskSnapshot(checkpoint, 0, 0, List.of(), List.of(), List.of());
        fixture.post(new SupervisorEvent.OfCheckpoint(new CheckpointEvent.SnapshotTaken(subtask(index), snapshot)));
    }

    @Test
    void aTriggerIsAnsweredWhenAllTasksOfItsJobAndRunHaveGivenTheirSnapshots() {
        fixture.registered(1);
        running(0);
        running(1);
        fixture.receive(1, trigger(1, 5));
        snapshot(0, 5);
        assertThat(fixture.calls).contains("announce 5 to 0", "announce 5 to 1");
        assertThat(fixture.lastSent()).isNotInstanceOf(CheckpointAcknowledged.class);
        snapshot(1, 5);
        assertThat(fixture.lastSent()).isInstanceOfSatisfying(CheckpointAcknowledged.class, ack -> {
            assertThat(ack.checkpoint()).isEqualTo(5);
            assertThat(ack.subtasks())
                    .extracting(SubtaskAcknowledgement::subtask)
                    .containsExactly(subtask(0), subtask(1));
        });
    }

    @Test
    void theEndOfATaskIsToldBeforeTheAnswerThatLeavesItOut() {
        fixture.registered(1);
        running(0);
        running(1);
        fixture.receive(1, trigger(1, 5));
        snapshot(1, 5);
        fixture.state(0, ExecutionState.FINISHED);
        List<FromTaskManager> last = fixture.sent.subList(fixture.sent.size() - 2, fixture.sent.size());
        assertThat(last.get(0)).isEqualTo(new SubtaskStateChanged(subtask(0), ExecutionState.FINISHED, null));
        assertThat(last.get(1)).isInstanceOf(CheckpointAcknowledged.class);
    }

    @Test
    void anAnswerThatWasLostWithTheStreamIsGivenAgain() {
        fixture.registered(1);
        running(0);
        fixture.receive(1, trigger(1, 5));
        fixture.post(new SupervisorEvent.LinkClosed(1, "reset"));
        snapshot(0, 5);
        assertThat(fixture.sent(CheckpointAcknowledged.class)).isEmpty();
        fixture.registered(1).receive(1, trigger(1, 5));
        assertThat(fixture.sent(CheckpointAcknowledged.class)).hasSize(1);
        assertThat(fixture.calls).filteredOn("announce 5 to 0"::equals).hasSize(1);
    }

    @Test
    void aCheckpointOfAnotherRunOrLeaderIsNotAnswered() {
        fixture.registered(1);
        running(0);
        fixture.receive(1, trigger(2, 5));
        fixture.receive(0, trigger(1, 5));
        assertThat(fixture.calls).doesNotContain("announce 5 to 0");
        assertThat(fixture.lastSent()).isInstanceOf(FromTaskManager.Fenced.class);
    }

    @Test
    void theTasksAreToldTheFateOfACheckpoint() {
        fixture.registered(1);
        running(0);
        fixture.receive(1, trigger(1, 5));
        snapshot(0, 5);
        fixture.receive(1, new ToTaskManager.CheckpointCompleted(subtask(0).job(), 1, 5));
        fixture.receive(1, new ToTaskManager.CheckpointAborted(subtask(0).job(), 1, 6, "too slow"));
        assertThat(fixture.calls).endsWith("announce 5 to 0", "completed 5 to 0", "give up 6 in 0");
    }
}
