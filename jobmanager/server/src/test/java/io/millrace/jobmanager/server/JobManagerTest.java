package io.millrace.jobmanager.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GatewayCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.ControlSettings.Timing;
import io.millrace.proto.control.DispatcherProto.FollowOutputRequest;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import io.millrace.proto.control.DispatcherProto.FollowResults;
import io.millrace.proto.control.DispatcherProto.FollowResultsRequest;
import io.millrace.proto.control.DispatcherProto.FollowResultsResponse;
import io.millrace.proto.control.DispatcherProto.ListJobsRequest;
import io.millrace.proto.control.DispatcherProto.ResultsConsumed;
import io.millrace.proto.control.GatewayProto.Register;
import io.millrace.proto.control.GatewayProto.TaskManagerMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager over real connections, with TaskManagers that do what the test says. */
class JobManagerTest {
    private static final JobId JOB = JobClient.JOB;

    @TempDir
    private Path directory;

    private JobManager jobManager;
    private JobClient client;

    @BeforeEach
    void start() {
        jobManager = start(directory, 0);
        client = new JobClient(jobManager.address());
    }

    @AfterEach
    void stop() {
        client.close();
        jobManager.close();
    }

    static JobManager.Surroundings surroundings() {
        AtomicLong nonces = new AtomicLong(System.nanoTime());
        return new JobManager.Surroundings(
                SystemClock.INSTANCE,
                Executors.newFixedThreadPool(2),
                new DirectoryStorages(() -> Long.toHexString(nonces.incrementAndGet())),
                nonces::incrementAndGet,
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    static JobManager start(Path directory, int port) {
        JobManagerSettings settings = new JobManagerSettings(
                "test",
                "0.1.0",
                new RpcAddress("127.0.0.1", port),
                false,
                directory,
                new StorageLocation.Directory(directory.resolve("checkpoints").toString()),
                new Timing(500, 10_000, 100, 30_000),
                new Limits(10, 10, 1_000, 1_000_000, 2));
        return JobManager.start(settings, surroundings());
    }

    @Test
    void aJobRunsFromSubmissionToItsEndAndItsOutputIsFollowed() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            assertThat(client.submit(JobClient.graph("words")).hasAccepted()).isTrue();
            BlockingClientCall<?, FollowOutputResponse> output =
                    client.dispatcher.followOutput(FollowOutputRequest.newBuilder()
                            .setJob(CommonCodec.encode(JOB))
                            .build());
            // Read before the job goes on: a call that was made has not arrived yet.
            FollowOutputResponse first = output.read();
            SubtaskId subtask = taskManager.runNext();
            taskManager.send(new FromTaskManager.OutputLines(subtask, 0, "print", false, List.of("hello", "world"), 0));
            taskManager.state(subtask, ExecutionState.FINISHED);
            taskManager.await(ToTaskManager.Forget.class);

            List<String> lines = new ArrayList<>();
            List<JobStatus> progress = new ArrayList<>();
            JobStatus end = null;
            for (FollowOutputResponse event = first; event != null; event = output.read()) {
                lines.addAll(event.getLines().getLinesList());
                if (event.hasProgress()) {
                    progress.add(StatusCodec.decode(event.getProgress()).status());
                }
                if (event.hasEnd()) {
                    end = StatusCodec.decode(event.getEnd()).status();
                }
            }
            assertThat(lines).containsExactly("hello", "world");
            assertThat(end).isEqualTo(JobStatus.FINISHED);
            assertThat(progress).contains(JobStatus.DEPLOYING).isSorted();
            assertThat(client.dispatcher
                            .listJobs(ListJobsRequest.getDefaultInstance())
                            .getJobsCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void aFailureReachesTheClientWithTheUsersStackTrace() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            client.submit(JobClient.graph("words"));
            SubtaskId subtask = taskManager.runNext();
            Problem problem = new Problem("USER_ERROR", "map failed", "Job.java:3", "", "correct it");
            Failure failure = new Failure(problem, "java.lang.Boom\n\tat Job", subtask, "v", "a", 7, "");
            taskManager.send(new FromTaskManager.SubtaskStateChanged(subtask, ExecutionState.FAILED, failure));
            taskManager.await(ToTaskManager.Forget.class);
            assertThat(client.awaitEnd()).isEqualTo(JobStatus.FAILED);
            assertThat(client.details().failures()).containsExactly(failure);
        }
    }

    @Test
    void aTaskManagerWhoseConnectionEndsIsLostAtOnceAndFailsItsJob() throws Exception {
        try (FakeTaskManager survivor = new FakeTaskManager(jobManager.address(), "z", 9).register(1)) {
            FakeTaskManager victim = new FakeTaskManager(jobManager.address(), "a", 1).register(1);
            client.submit(JobClient.graph("words"));
            victim.runNext();
            long before = System.nanoTime();
            victim.close();
            BlockingClientCall<?, FollowOutputResponse> output =
                    client.dispatcher.followOutput(FollowOutputRequest.newBuilder()
                            .setJob(CommonCodec.encode(JOB))
                            .build());
            FollowOutputResponse event = output.read();
            while (event != null && !event.hasEnd()) {
                event = output.read();
            }
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before))
                    .isLessThan(5);
            assertThat(event).isNotNull();
            assertThat(StatusCodec.decode(event.getEnd())
                            .failures()
                            .get(0)
                            .problem()
                            .code())
                    .isEqualTo("TASK_MANAGER_LOST");
            assertThat(client.cluster().taskManagers()).hasSize(1);
            assertThat(survivor.ends).isEmpty();
        }
    }

    @Test
    void aRunningJobIsCancelled() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            client.submit(JobClient.graph("words"));
            SubtaskId subtask = taskManager.runNext();
            assertThat(client.cancel(JOB)).isEqualTo("JOB_STATUS_CANCELLING");
            assertThat(taskManager.await(ToTaskManager.Cancel.class).subtasks()).containsExactly(subtask);
            taskManager.state(subtask, ExecutionState.CANCELED);
            taskManager.await(ToTaskManager.Forget.class);
            assertThat(client.awaitEnd()).isEqualTo(JobStatus.CANCELED);
            assertThat(client.cancel(JOB)).isEqualTo("JOB_STATUS_CANCELED");
            assertThat(client.cancel(new JobId(3, 4))).isEqualTo("NO_SUCH_JOB");
        }
    }

    @Test
    void resultsArriveExactlyAndInStepWithTheClient() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            client.submit(JobClient.graph("collect"));
            SubtaskId subtask = taskManager.runNext();
            BlockingClientCall<FollowResultsRequest, FollowResultsResponse> results = client.dispatcher.followResults();
            results.write(FollowResultsRequest.newBuilder()
                    .setFollow(FollowResults.newBuilder()
                            .setJob(CommonCodec.encode(JOB))
                            .setOperator(0))
                    .build());
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                OpaqueBytes batch = new OpaqueBytes(new byte[] {(byte) i});
                taskManager.send(new FromTaskManager.ResultBatch(subtask, 0, i, batch));
                FollowResultsResponse response = results.read();
                assertThat(response).isNotNull();
                taken.add((int) response.getResults().getBatch().byteAt(0));
                results.write(FollowResultsRequest.newBuilder()
                        .setConsumed(ResultsConsumed.newBuilder().setSubtask(0).setNextSequence(i + 1))
                        .build());
                assertThat(taskManager.await(ToTaskManager.ResultAck.class).nextSequence())
                        .isEqualTo(i + 1);
            }
            taskManager.state(subtask, ExecutionState.FINISHED);
            FollowResultsResponse end = results.read();
            assertThat(end).isNotNull();
            assertThat(StatusCodec.decode(end.getEnd()).status()).isEqualTo(JobStatus.FINISHED);
            assertThat(taken).hasSize(20).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void submissionsThatCannotBeAreRefusedWithTheirCode() throws Exception {
        BlobReference missing = new BlobReference("0".repeat(64), 1, "job.jar");
        assertThat(client.submit(JobClient.graph("words").withJars(List.of(missing)))
                        .getProblem()
                        .getCode())
                .isEqualTo("JAR_NOT_UPLOADED");
        BlobReference path = new BlobReference("../../etc/passwd", 1, "job.jar");
        assertThat(client.submit(JobClient.graph("words").withJars(List.of(path)))
                        .getProblem()
                        .getCode())
                .isEqualTo("BAD_BLOB_HASH");
        JobGraph empty = new JobGraph(JobGraph.FORMAT_VERSION, "empty", List.of(), List.of(), List.of(), Map.of());
        assertThat(client.submit(empty).getProblem().getCode()).isEqualTo("JOB_EMPTY");
        JobGraph future = new JobGraph(99, "future", List.of(), List.of(), List.of(), Map.of());
        assertThat(client.submit(future).getProblem().getCode()).isEqualTo("VERSION_MISMATCH");
        assertThat(client.dispatcher
                        .listJobs(ListJobsRequest.getDefaultInstance())
                        .getJobsCount())
                .isZero();
    }

    @Test
    void aGraphAboveTheMessageLimitIsACodedProblemAndHurtsNobody() throws Exception {
        JobVertex vertex = new JobVertex(
                0,
                "v",
                1,
                128,
                "default",
                List.of(new OperatorNode(0, "", "source", "", new OpaqueBytes(new byte[5_000_000]))),
                List.of());
        JobGraph huge = new JobGraph(JobGraph.FORMAT_VERSION, "huge", List.of(vertex), List.of(), List.of(), Map.of());
        assertThatThrownBy(() -> client.submit(huge))
                .isInstanceOfSatisfying(StatusException.class, failure -> assertThat(
                                client.problemOf(failure).code())
                        .isIn("MESSAGE_TOO_LARGE", "OUTCOME_UNKNOWN"));
        assertThat(client.cluster().liveJobs()).isZero();
    }

    @Test
    void bytesThatNoTaskManagerSendsCloseOnlyTheirStream() throws Exception {
        try (FakeTaskManager good = new FakeTaskManager(jobManager.address(), "good", 1).register(1);
                FakeTaskManager bad = new FakeTaskManager(jobManager.address(), "bad", 2)) {
            bad.sendRaw(TaskManagerMessage.newBuilder()
                    .setRegister(Register.newBuilder().setId("").setHost("x").setDataPort(-4))
                    .build());
            assertThat(bad.await(ToTaskManager.Refused.class).problem().code()).isEqualTo("MALFORMED_MESSAGE");
            assertThat(bad.awaitEnd()).isEqualTo("completed");
            good.send(new FromTaskManager.Heartbeat(5, List.of()));
            assertThat(good.await(ToTaskManager.HeartbeatAck.class).sequence()).isEqualTo(5);
        }
    }

    @Test
    void manyMessagesInARowAreAllHandled() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            for (int i = 1; i <= 1_000; i++) {
                taskManager.send(new FromTaskManager.Heartbeat(i, List.of()));
            }
            for (int i = 1; i <= 1_000; i++) {
                assertThat(taskManager.await(ToTaskManager.HeartbeatAck.class).sequence())
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void aRestartedJobManagerLeadsUnderANewEpochAndBringsItsJobsBack() throws Exception {
        SubtaskId subtask = runAndStop();
        Epoch before = jobManager.epoch();

        jobManager = start(directory, jobManager.address().port());
        assertThat(jobManager.epoch()).isEqualTo(new Epoch(before.number() + 1));
        client.retryNow();
        try (FakeTaskManager again = new FakeTaskManager(jobManager.address(), "a", 1)) {
            again.register(1, new TaskReport(subtask, "words", "v0", 0, ExecutionState.RUNNING, null));
            assertThat(again.await(ToTaskManager.Cancel.class).subtasks()).containsExactly(subtask);
            assertThat(client.details().summary().name()).isEqualTo("words");
            again.sendRaw(GatewayCodec.encode(before, new FromTaskManager.Heartbeat(1, List.of())));
            assertThat(again.await(ToTaskManager.Fenced.class).current()).isEqualTo(jobManager.epoch());
            again.state(subtask, ExecutionState.CANCELED);
            again.await(ToTaskManager.Forget.class);

            SubtaskId next = again.runNext();
            assertThat(next).isEqualTo(new SubtaskId(JOB, 2, 0, 0, 1));
            again.state(next, ExecutionState.FINISHED);
            again.await(ToTaskManager.Forget.class);
            assertThat(client.awaitEnd()).isEqualTo(JobStatus.FINISHED);
            assertThat(client.cluster().slotsFree()).isEqualTo(1);
        }
    }

    @Test
    void tasksOfAJobThatNobodyKnowsAreCancelledAndItIsListedAsLost() throws Exception {
        SubtaskId subtask = runAndStop();

        jobManager = start(directory.resolve("other"), jobManager.address().port());
        client.retryNow();
        try (FakeTaskManager again = new FakeTaskManager(jobManager.address(), "a", 1)) {
            again.register(1, new TaskReport(subtask, "words", "v0", 0, ExecutionState.RUNNING, null));
            assertThat(again.await(ToTaskManager.Cancel.class).subtasks()).containsExactly(subtask);
            assertThat(client.details().summary().status()).isEqualTo(JobStatus.LOST);
            assertThat(client.details().summary().name()).isEqualTo("words");
            again.state(subtask, ExecutionState.CANCELED);
            again.await(ToTaskManager.Forget.class);
            assertThat(client.cluster().slotsFree()).isEqualTo(1);
        }
    }

    /** A job runs, and its JobManager ends without a word to anybody. */
    private SubtaskId runAndStop() throws Exception {
        try (FakeTaskManager first = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            client.submit(JobClient.graph("words"));
            SubtaskId subtask = first.runNext();
            jobManager.close();
            assertThat(first.awaitEnd()).isNotEmpty();
            return subtask;
        }
    }

    @Test
    void aTaskManagerThatEndsItsStreamIsAnsweredWithItsEnd() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
            taskManager.send(new FromTaskManager.Leaving("SIGTERM"));
            assertThat(taskManager.awaitEnd()).isEqualTo("completed");
            assertThat(client.cluster().taskManagers()).isEmpty();
        }
    }

    @Test
    void gaugesShowTheCluster() throws Exception {
        try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(3)) {
            taskManager.send(new FromTaskManager.Heartbeat(1, List.of()));
            taskManager.await(ToTaskManager.HeartbeatAck.class);
            client.cluster();
            assertThat(jobManager.gauges().slotsTotal()).isEqualTo(3);
            assertThat(jobManager.gauges().heartbeats()).isEqualTo(1);
            String text = new JobManagerMetrics(jobManager::gauges).scrape();
            assertThat(text).contains("millrace_cluster_slots 3.0").contains("millrace_cluster_heartbeats_total 1.0");
        }
    }
}
