package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.OperatorProgress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobLifeTest {
    private static final Problem USER_PROBLEM = new Problem("USER_ERROR", "boom", "Job.java:3", "", "fix it");

    private final Cluster cluster = new Cluster();

    @Test
    void aJobIsDeployedInTwoPhasesRunsAndFinishes() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        Session b = cluster.register(Cluster.address("b", 2), 1);
        JobId job = cluster.submit(TestGraphs.line("words", 2, 2));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
        assertThat(cluster.deployed(a)).hasSize(2);
        assertThat(cluster.deployed(b)).hasSize(2);

        cluster.report(ExecutionState.INITIALIZING, a);
        assertThat(cluster.sent(a, ToTaskManager.Start.class)).isEmpty();
        cluster.report(ExecutionState.INITIALIZING, b);
        assertThat(cluster.sent(a, ToTaskManager.Start.class))
                .containsExactly(new ToTaskManager.Start(cluster.deployed(a)));
        assertThat(cluster.sent(b, ToTaskManager.Start.class))
                .containsExactly(new ToTaskManager.Start(cluster.deployed(b)));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);

        cluster.report(ExecutionState.RUNNING, a, b);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        cluster.report(ExecutionState.FINISHED, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
        cluster.report(ExecutionState.FINISHED, b);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
        assertThat(cluster.cluster().slotsFree()).isEqualTo(2);
        assertThat(cluster.sent(a, ToTaskManager.Forget.class)).hasSize(2);
    }

    @Test
    void submittingAgainIsTheSameJobAndAnotherGraphUnderItsIdIsRefused() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobGraph graph = TestGraphs.line("words", 1);
        JobId job = cluster.submit(graph);
        assertThat(cluster.submit(job, graph).orThrow().job()).isEqualTo(job);
        assertThat(cluster.deployed(a)).hasSize(1);
        assertThat(cluster.list()).hasSize(1);
        assertCode(cluster.submit(job, TestGraphs.line("other", 1)), ControlError.JOB_ID_TAKEN);
        cluster.run(a);
        cluster.report(ExecutionState.FINISHED, a);
        assertThat(cluster.submit(job, graph).orThrow().status()).isEqualTo(JobStatus.FINISHED);
        assertThat(cluster.deployed(a)).hasSize(1);
    }

    @Test
    void answersToCheckpointsThatAreNotPendingAreDropped() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(a);
        int sent = cluster.sent.get(a).size();
        SubtaskId subtask = cluster.deployed(a).get(0);
        cluster.from(a, new FromTaskManager.CheckpointAcknowledged(job, 1, 5, List.of(), List.of(), List.of()));
        cluster.from(a, new FromTaskManager.CheckpointDeclined(job, 1, 6, subtask, USER_PROBLEM));
        assertThat(cluster.sent.get(a)).hasSize(sent);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void aGraphWithProblemsIsRefusedAndLeavesNothing() {
        JobGraph graph = TestGraphs.graph("empty", List.of(), List.of());
        assertCode(cluster.submit(cluster.newJob(), graph), ControlError.JOB_EMPTY);
        assertThat(cluster.list()).isEmpty();
    }

    @Test
    void aJobWaitsForSlotsAndSaysHowManyItNeedsAndCouldHave() {
        cluster.register(Cluster.address("a", 1), 1);
        JobId job = cluster.submit(TestGraphs.line("wide", 3));
        assertThat(cluster.status(job)).isEqualTo(JobStatus.WAITING_FOR_SLOTS);
        assertThat(cluster.details(job).slotsNeeded()).isEqualTo(3);
        assertThat(cluster.details(job).slotsAvailable()).isEqualTo(1);
        Session b = cluster.register(Cluster.address("b", 2), 2);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.DEPLOYING);
        assertThat(cluster.deployed(b)).hasSize(2);
    }

    @Test
    void waitingForSlotsEndsInACodedFailure() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId job = cluster.submit(TestGraphs.line("wide", 3));
        for (int i = 0; i < 59; i++) {
            cluster.pass(500);
            cluster.heartbeat(a);
        }
        assertThat(cluster.status(job)).isEqualTo(JobStatus.WAITING_FOR_SLOTS);
        cluster.pass(500);
        JobDetails details = cluster.details(job);
        assertThat(details.summary().status()).isEqualTo(JobStatus.FAILED);
        Problem problem = details.failures().get(0).problem();
        assertThat(problem.code()).isEqualTo("NOT_ENOUGH_SLOTS");
        assertThat(problem.what()).contains("needs 3 slots, 1 are free");
        assertThat(problem.nextStep()).contains("-p");
        assertThat(cluster.cluster().slotsFree()).isEqualTo(1);
    }

    @Test
    void aSmallJobPassesOneThatWaitsAndTheWaitingOneGetsFreedSlots() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId first = cluster.submit(TestGraphs.line("first", 2));
        JobId waiting = cluster.submit(TestGraphs.line("waiting", 2));
        assertThat(cluster.status(waiting)).isEqualTo(JobStatus.WAITING_FOR_SLOTS);
        cluster.run(a);
        cluster.report(ExecutionState.FINISHED, a);
        assertThat(cluster.status(first)).isEqualTo(JobStatus.FINISHED);
        assertThat(cluster.status(waiting)).isEqualTo(JobStatus.DEPLOYING);
    }

    @Test
    void aFailureCancelsTheOtherSubtasksAndKeepsTheUsersStackTrace() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = cluster.submit(TestGraphs.line("words", 2, 2));
        cluster.run(a);
        SubtaskId culprit = cluster.deployed(a).get(1);
        Failure failure = new Failure(USER_PROBLEM, "java.lang.RuntimeException: boom", culprit, "v0", "a", 5, "");
        cluster.failed(a, failure);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILING);
        List<SubtaskId> others =
                cluster.deployed(a).stream().filter(id -> !id.equals(culprit)).toList();
        assertThat(cluster.sent(a, ToTaskManager.Cancel.class)).containsExactly(new ToTaskManager.Cancel(others));
        Failure second = new Failure(USER_PROBLEM, "second", others.get(0), "v0", "a", 6, "");
        cluster.failed(a, second);
        cluster.state(a, others.get(1), ExecutionState.FINISHED);
        cluster.state(a, others.get(2), ExecutionState.CANCELED);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(job).failures()).containsExactly(failure, second);
        assertThat(cluster.details(job).summary().subtasks())
                .isEqualTo(Map.of(ExecutionState.FAILED, 2, ExecutionState.CANCELED, 2));
    }

    @Test
    void aFailureDuringDeploymentEndsTheJob() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = cluster.submit(TestGraphs.line("words", 2));
        SubtaskId good = cluster.deployed(a).get(0);
        SubtaskId bad = cluster.deployed(a).get(1);
        cluster.state(a, good, ExecutionState.INITIALIZING);
        cluster.failed(a, new Failure(USER_PROBLEM, "", bad, "v0", "a", 5, ""));
        cluster.state(a, good, ExecutionState.CANCELED);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.sent(a, ToTaskManager.Start.class)).isEmpty();
    }

    @Test
    void aRunningJobIsCancelledWhenItsTaskManagersSaySo() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1, 1));
        cluster.run(a);
        assertThat(cluster.cancel(job).orThrow().status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(cluster.cancel(job).orThrow().status()).isEqualTo(JobStatus.CANCELLING);
        assertThat(cluster.sent(a, ToTaskManager.Cancel.class)).hasSize(1);
        cluster.report(ExecutionState.CANCELED, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.CANCELED);
        assertThat(cluster.cluster().slotsFree()).isEqualTo(1);
        assertThat(cluster.cancel(job).orThrow().status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndADeployingOneWhenItsTasksAreGone() {
        JobId waiting = cluster.submit(TestGraphs.line("waiting", 1));
        cluster.cancel(waiting).orThrow();
        assertThat(cluster.status(waiting)).isEqualTo(JobStatus.CANCELED);
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId deploying = cluster.submit(TestGraphs.line("deploying", 1));
        assertThat(cluster.cancel(deploying).orThrow().status()).isEqualTo(JobStatus.CANCELLING);
        cluster.report(ExecutionState.INITIALIZING, a);
        assertThat(cluster.sent(a, ToTaskManager.Start.class)).isEmpty();
        cluster.report(ExecutionState.CANCELED, a);
        assertThat(cluster.status(deploying)).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void cancellingWhatEndedOtherwiseOrDoesNotExistIsRefused() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(a);
        cluster.report(ExecutionState.FINISHED, a);
        assertCode(cluster.cancel(job), ControlError.JOB_ALREADY_ENDED);
        assertCode(cluster.cancel(cluster.newJob()), ControlError.NO_SUCH_JOB);
        assertCode(cluster.get(cluster.newJob()), ControlError.NO_SUCH_JOB);
    }

    @Test
    void aTaskThatRunsWithoutAStartIsAViolationThatFailsTheJob() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = cluster.submit(TestGraphs.line("words", 2));
        cluster.state(a, cluster.deployed(a).get(0), ExecutionState.RUNNING);
        assertThat(cluster.details(job).failures().get(0).problem().code()).isEqualTo("PROTOCOL_VIOLATION");
        cluster.report(ExecutionState.CANCELED, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aTaskThatIsCancelledByItselfFailsTheJob() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId job = cluster.submit(TestGraphs.line("words", 1));
        cluster.run(a);
        cluster.report(ExecutionState.CANCELED, a);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(job).failures().get(0).problem().code()).isEqualTo("TASK_LOST");
    }

    @Test
    void theArchiveKeepsTheNewestEndedJobs() {
        Session a = cluster.register(Cluster.address("a", 1), 1);
        JobId first = cluster.submit(TestGraphs.line("first", 1));
        cluster.cancel(first);
        cluster.report(ExecutionState.CANCELED, a);
        for (int i = 0; i < 3; i++) {
            JobId job = cluster.submit(TestGraphs.line("more", 9));
            cluster.cancel(job);
        }
        assertCode(cluster.get(first), ControlError.NO_SUCH_JOB);
        assertThat(cluster.list()).hasSize(3);
    }

    @Test
    void moreLiveJobsThanTheLimitAreRefused() {
        for (int i = 0; i < Cluster.LIMITS.liveJobs(); i++) {
            cluster.submit(TestGraphs.line("more", 1));
        }
        assertCode(cluster.submit(cluster.newJob(), TestGraphs.line("one too many", 1)), ControlError.TOO_MANY_JOBS);
    }

    @Test
    void statusSumsTheProgressOfTheSubtasks() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = cluster.submit(TestGraphs.line("words", 2));
        cluster.run(a);
        List<SubtaskId> tasks = cluster.deployed(a);
        cluster.from(
                a,
                new FromTaskManager.Heartbeat(
                        1,
                        List.of(
                                new TaskProgress(
                                        tasks.get(0), 0.5, 0.25, 0, List.of(new OperatorProgress(0, 10, 20, 300L))),
                                new TaskProgress(
                                        tasks.get(1), 1.0, 0.75, 0, List.of(new OperatorProgress(0, 1, 2, 200L))))));
        JobDetails.VertexDetails vertex = cluster.details(job).vertices().get(0);
        assertThat(vertex.busyShare()).isEqualTo(0.75);
        assertThat(vertex.backPressuredShare()).isEqualTo(0.5);
        assertThat(vertex.operators())
                .containsExactly(new JobDetails.OperatorDetails(0, "op0", "Job.java:0", 11, 22, 200L));
        assertThat(vertex.subtasks().get(0).recordsIn()).isEqualTo(10);
        assertThat(vertex.subtasks().get(0).taskManager()).isEqualTo("a");
    }

    @Test
    void listShowsTheNewestJobFirst() {
        JobId first = cluster.submit(TestGraphs.line("first", 1));
        cluster.pass(100);
        JobId second = cluster.submit(TestGraphs.line("second", 1));
        assertThat(cluster.list().stream().map(JobSummary::job)).containsExactly(second, first);
    }

    private static void assertCode(Outcome<?> outcome, ControlError code) {
        assertThat(outcome).isInstanceOf(Outcome.Failure.class);
        Problem problem = ((Outcome.Failure<?>) outcome).problem();
        assertThat(problem.code()).isEqualTo(code.name());
        assertThat(problem.nextStep()).isNotEmpty();
    }
}
