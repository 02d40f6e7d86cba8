package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskManagerLifeTest {
    private static final PeerAddress A = Cluster.address("a", 1);
    private static final PeerAddress B = Cluster.address("b", 2);

    private final Cluster cluster = new Cluster();

    @Test
    void aRegistrationIsAnsweredWithWhatTheTaskManagerNeedsToKnow() {
        Session a = cluster.register(A, 2);
        assertThat(cluster.sent.get(a)).containsExactly(new ToTaskManager.Registered("test", 500, 2_500, 2));
        assertThat(cluster.cluster().slotsTotal()).isEqualTo(2);
        cluster.heartbeat(a);
        assertThat(cluster.sent(a, ToTaskManager.HeartbeatAck.class)).hasSize(1);
    }

    @Test
    void registeringTwiceChangesNothing() {
        Session a = cluster.register(A, 2);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        TaskReport report = report(cluster.deployed(a).get(0), ExecutionState.DEPLOYING);
        cluster.register(a, A, 2, report);
        assertThat(cluster.cluster().taskManagers()).hasSize(1);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
        assertThat(cluster.deployed(a)).hasSize(1);
    }

    @Test
    void registrationsThatCannotBeAreRefusedForGood() {
        assertRefused(register("other", A, 1, FromTaskManager.PROTOCOL_VERSION), "WRONG_CLUSTER");
        assertRefused(register("test", A, 0, FromTaskManager.PROTOCOL_VERSION), "REGISTRATION_REFUSED");
        assertRefused(register("test", A, 5_000, FromTaskManager.PROTOCOL_VERSION), "REGISTRATION_REFUSED");
        assertRefused(register("test", A, 1, FromTaskManager.PROTOCOL_VERSION + 1), "REGISTRATION_REFUSED");
        TaskReport outside =
                new TaskReport(new SubtaskId(cluster.newJob(), 1, 0, 0, 0), "x", "v", 3, ExecutionState.RUNNING, null);
        assertRefused(cluster.register(A, 1, outside), "REGISTRATION_REFUSED");
        assertThat(cluster.cluster().taskManagers()).isEmpty();
    }

    @Test
    void messagesOfAnotherEpochAreFencedAndNotApplied() {
        Session a = cluster.register(A, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        SubtaskId task = cluster.deployed(a).get(0);
        for (long epoch : new long[] {6, 8}) {
            cluster.post(new Event.FromSession(
                    a,
                    new Epoch(epoch),
                    new FromTaskManager.SubtaskStateChanged(task, ExecutionState.INITIALIZING, null)));
        }
        assertThat(cluster.sent(a, ToTaskManager.Fenced.class))
                .containsExactly(new ToTaskManager.Fenced(Cluster.EPOCH), new ToTaskManager.Fenced(Cluster.EPOCH));
        assertThat(cluster.sent(a, ToTaskManager.Start.class)).isEmpty();
        assertThat(cluster.details(job).summary().subtasks()).containsOnlyKeys(ExecutionState.DEPLOYING);
    }

    @Test
    void aTaskManagerThatHasSeenANewerLeaderIsNotTaken() {
        Session a = cluster.newSession();
        FromTaskManager.Register register =
                new FromTaskManager.Register(FromTaskManager.PROTOCOL_VERSION, "test", A, 1, "0.1.0", List.of());
        cluster.post(new Event.FromSession(a, new Epoch(8), register));
        ToTaskManager.Refused refused =
                cluster.sent(a, ToTaskManager.Refused.class).get(0);
        assertThat(refused.problem().code()).isEqualTo("STALE_LEADER");
        assertThat(refused.permanent()).isFalse();
        assertThat(cluster.closed).contains(a);
    }

    @Test
    void whoDoesNotRegisterIsNotHeard() {
        Session stranger = cluster.newSession();
        cluster.heartbeat(stranger);
        cluster.post(new Event.SessionClosed(stranger, "gone"));
        assertThat(cluster.sent).isEmpty();
    }

    @Test
    void everyMessageThatWasHandledMakesRoomForOneMore() {
        Session a = cluster.register(A, 1);
        cluster.heartbeat(a);
        Session stranger = cluster.newSession();
        cluster.heartbeat(stranger);
        assertThat(cluster.handled).containsEntry(a, 2).containsEntry(stranger, 1);
    }

    @Test
    void aStreamWithBytesThatCannotBeReadIsClosedAndItsTaskManagerMayComeBack() {
        Session a = cluster.register(A, 1);
        Problem problem = new Problem("MALFORMED_MESSAGE", "cannot read it", "", "", "");
        cluster.post(new Event.Malformed(a, problem));
        assertThat(cluster.sent(a, ToTaskManager.Refused.class))
                .containsExactly(new ToTaskManager.Refused(problem, false));
        assertThat(cluster.closed).contains(a);
        assertThat(cluster.cluster().taskManagers().get(0).connected()).isFalse();
        cluster.register(A, 1);
        assertThat(cluster.cluster().taskManagers().get(0).connected()).isTrue();
    }

    @Test
    void aClosedStreamLosesTheTaskManagerAfterTheGraceAndFailsItsJobs() {
        Session a = cluster.register(A, 1);
        Session b = cluster.register(B, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 2));
        cluster.run(a, b);
        cluster.post(new Event.SessionClosed(b, "connection reset"));
        assertThat(cluster.cluster().slotsFree()).isZero();
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        cluster.pass(300);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILING);
        cluster.report(ExecutionState.CANCELED, a);
        Failure failure = cluster.details(job).failures().get(0);
        assertThat(failure.problem().code()).isEqualTo("TASK_MANAGER_LOST");
        assertThat(failure.problem().what()).contains("'b' at 127.0.0.1:6000");
        assertThat(failure.taskManager()).isEqualTo("b");
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.cluster().taskManagers()).hasSize(1);
    }

    @Test
    void silenceLosesTheTaskManagerAfterTheTimeout() {
        Session a = cluster.register(A, 1);
        cluster.pass(2_400);
        cluster.heartbeat(a);
        cluster.pass(2_400);
        assertThat(cluster.cluster().taskManagers()).hasSize(1);
        cluster.pass(100);
        assertThat(cluster.cluster().taskManagers()).isEmpty();
        assertThat(cluster.closed).contains(a);
    }

    @Test
    void aPauseOfTheJobManagerItselfLosesNobody() {
        Session a = cluster.register(A, 1);
        cluster.pause(60_000);
        cluster.pass(100);
        assertThat(cluster.cluster().taskManagers()).hasSize(1);
        cluster.heartbeat(a);
        cluster.pass(2_600);
        assertThat(cluster.cluster().taskManagers()).isEmpty();
    }

    @Test
    void anOrderlyEndLosesTheTaskManagerAtOnceAndSaysSo() {
        Session a = cluster.register(A, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(a);
        cluster.from(a, new FromTaskManager.Leaving("SIGTERM"));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(job).failures().get(0).problem().why()).contains("SIGTERM");
    }

    @Test
    void aLostTaskManagerGoesBeforeTheConnectionFailureThatPointsAtIt() {
        Session a = cluster.register(A, 1);
        Session b = cluster.register(B, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 2));
        cluster.run(a, b);
        Problem problem = new Problem("CHANNEL_LOST", "connection to 'b' lost", "", "", "");
        Failure consequence = new Failure(problem, "", cluster.deployed(a).get(0), "v0", "a", 1, "b");
        cluster.failed(a, consequence);
        cluster.post(new Event.SessionClosed(b, "reset"));
        cluster.pass(300);
        JobDetails details = cluster.details(job);
        assertThat(details.summary().status()).isEqualTo(JobStatus.FAILED);
        assertThat(details.failures().stream().map(failure -> failure.problem().code()))
                .containsExactly("TASK_MANAGER_LOST", "CHANNEL_LOST");
    }

    @Test
    void whoComesBackWithinTheGraceGoesOnAndWhatWasLostIsRepeated() {
        Session a = cluster.register(A, 2);
        JobId job = cluster.submit(TestGraphs.line("words", 2));
        SubtaskId first = cluster.deployed(a).get(0);
        SubtaskId second = cluster.deployed(a).get(1);
        cluster.state(a, first, ExecutionState.INITIALIZING);
        cluster.post(new Event.SessionClosed(a, "reset"));

        Session again = cluster.register(A, 2, report(first, ExecutionState.INITIALIZING));
        assertThat(cluster.deployed(again)).containsExactly(second);
        cluster.state(again, second, ExecutionState.INITIALIZING);
        cluster.post(new Event.SessionClosed(again, "reset"));

        Session third = cluster.register(
                A, 2, report(first, ExecutionState.INITIALIZING), report(second, ExecutionState.FINISHED));
        assertThat(cluster.sent(third, ToTaskManager.Start.class))
                .containsExactly(new ToTaskManager.Start(List.of(first)));
        assertThat(cluster.sent(third, ToTaskManager.Forget.class))
                .containsExactly(new ToTaskManager.Forget(List.of(second)));
        cluster.cancel(job);
        cluster.post(new Event.SessionClosed(third, "reset"));

        Session fourth = cluster.register(A, 2, report(first, ExecutionState.RUNNING));
        assertThat(cluster.sent(fourth, ToTaskManager.Cancel.class))
                .containsExactly(new ToTaskManager.Cancel(List.of(first)));
        cluster.post(new Event.SessionClosed(fourth, "reset"));
        cluster.register(A, 2);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);
        assertThat(cluster.cluster().slotsFree()).isEqualTo(2);
    }

    @Test
    void aTaskThatVanishedWhileItsTaskManagerWasAwayFailsTheJob() {
        Session a = cluster.register(A, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(a);
        cluster.post(new Event.SessionClosed(a, "reset"));
        cluster.register(A, 1);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(job).failures().get(0).problem().code()).isEqualTo("TASK_LOST");
    }

    @Test
    void aSecondStreamOfTheSameProcessReplacesTheFirst() {
        Session a = cluster.register(A, 1);
        Session again = cluster.register(A, 1);
        assertThat(cluster.closed).containsExactly(a);
        cluster.post(new Event.SessionClosed(a, "replaced"));
        cluster.pass(300);
        assertThat(cluster.cluster().taskManagers().get(0).connected()).isTrue();
        cluster.heartbeat(a);
        assertThat(cluster.sent(a, ToTaskManager.HeartbeatAck.class)).isEmpty();
        assertThat(cluster.sent(again, ToTaskManager.Registered.class)).hasSize(1);
    }

    @Test
    void aNewProcessUnderAKnownNameReplacesTheOldOneForGood() {
        Session old = cluster.register(A, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(old);
        PeerAddress reborn = Cluster.address("a", 99);
        cluster.register(reborn, 1);
        assertThat(cluster.sent(old, ToTaskManager.Shutdown.class)).hasSize(1);
        assertThat(cluster.closed).contains(old);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        Session back = cluster.register(A, 1);
        assertThat(cluster.sent(back, ToTaskManager.Shutdown.class)).hasSize(1);
        assertThat(cluster.cluster().taskManagers().stream().map(t -> t.address()))
                .containsExactly(reborn);
    }

    @Test
    void aZombieThatWakesUpIsTakenBackAndItsTasksAreCancelledBeforeItsSlotIsUsed() {
        Session a = cluster.register(A, 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(a);
        SubtaskId task = cluster.deployed(a).get(0);
        cluster.pass(2_600);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);

        Session awake = cluster.register(A, 1, report(task, ExecutionState.RUNNING));
        assertThat(cluster.sent(awake, ToTaskManager.Cancel.class))
                .containsExactly(new ToTaskManager.Cancel(List.of(task)));
        assertThat(cluster.cluster().slotsFree()).isZero();
        JobId next = cluster.submit(TestGraphs.line("next", 1));
        assertThat(cluster.status(next)).isEqualTo(JobStatus.WAITING_FOR_SLOTS);
        cluster.state(awake, task, ExecutionState.CANCELED);
        assertThat(cluster.sent(awake, ToTaskManager.Forget.class)).hasSize(1);
        assertThat(cluster.status(next)).isEqualTo(JobStatus.DEPLOYING);
        assertThat(cluster.list().stream().map(JobSummary::status)).doesNotContain(JobStatus.LOST);
    }

    @Test
    void tasksOfAJobThatNobodyKnowsAreListedAsLostAndCancelled() {
        JobId unknown = new JobId(9, 9);
        SubtaskId running = new SubtaskId(unknown, 1, 0, 0, 0);
        SubtaskId ended = new SubtaskId(unknown, 1, 0, 1, 0);
        Session a =
                cluster.register(A, 2, report(running, ExecutionState.RUNNING), report(ended, ExecutionState.FINISHED));
        assertThat(cluster.sent(a, ToTaskManager.Cancel.class))
                .containsExactly(new ToTaskManager.Cancel(List.of(running)));
        assertThat(cluster.sent(a, ToTaskManager.Forget.class))
                .containsExactly(new ToTaskManager.Forget(List.of(ended)));
        JobSummary lost = cluster.list().get(0);
        assertThat(lost.status()).isEqualTo(JobStatus.LOST);
        assertThat(lost.name()).isEqualTo("reported");
        JobDetails details = cluster.details(unknown);
        assertThat(details.vertices().get(0).subtasks())
                .extracting(JobDetails.SubtaskDetails::state)
                .containsExactly(ExecutionState.CANCELING, ExecutionState.FINISHED);
        assertThat(cluster.cluster().slotsFree()).isEqualTo(1);

        cluster.state(a, running, ExecutionState.CANCELED);
        assertThat(cluster.cluster().slotsFree()).isEqualTo(2);
        assertThat(cluster.details(unknown).vertices().get(0).subtasks().get(0).state())
                .isEqualTo(ExecutionState.CANCELED);
    }

    @Test
    void slotsAreSpreadEvenlyAndAlternate() {
        Session a = cluster.register(A, 4);
        Session b = cluster.register(B, 4);
        cluster.submit(TestGraphs.line("words", 4, 2));
        assertThat(cluster.deployed(a)).hasSize(3);
        assertThat(cluster.deployed(b)).hasSize(3);
        assertThat(cluster.cluster().taskManagers().stream().map(t -> t.slotsFree()))
                .containsExactly(2, 2);
        cluster.submit(TestGraphs.line("one", 1));
        cluster.submit(TestGraphs.line("two", 1));
        assertThat(cluster.cluster().taskManagers().stream().map(t -> t.slotsFree()))
                .containsExactly(1, 1);
    }

    private Session register(String clusterId, PeerAddress address, int slots, int protocol) {
        Session session = cluster.newSession();
        FromTaskManager.Register register =
                new FromTaskManager.Register(protocol, clusterId, address, slots, "0.1.0", List.of());
        cluster.post(new Event.FromSession(session, new Epoch(0), register));
        return session;
    }

    private void assertRefused(Session session, String code) {
        ToTaskManager.Refused refused =
                cluster.sent(session, ToTaskManager.Refused.class).get(0);
        assertThat(refused.problem().code()).isEqualTo(code);
        assertThat(refused.permanent()).isTrue();
        assertThat(cluster.closed).contains(session);
    }

    private static TaskReport report(SubtaskId subtask, ExecutionState state) {
        return new TaskReport(subtask, "reported", "v" + subtask.vertex(), subtask.index(), state, null);
    }
}
