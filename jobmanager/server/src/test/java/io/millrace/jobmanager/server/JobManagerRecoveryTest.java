package io.millrace.jobmanager.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.BlockingClientCall;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.ToTaskManager.CheckpointCompleted;
import io.millrace.common.graph.gateway.ToTaskManager.Deploy;
import io.millrace.common.graph.gateway.ToTaskManager.Start;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.common.rpc.codec.GraphCodec;
import io.millrace.common.rpc.codec.StatusCodec;
import io.millrace.proto.control.DispatcherGrpc;
import io.millrace.proto.control.DispatcherProto.FollowOutputRequest;
import io.millrace.proto.control.DispatcherProto.FollowOutputResponse;
import io.millrace.proto.control.DispatcherProto.GetClusterStatusRequest;
import io.millrace.proto.control.DispatcherProto.SubmitJobRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JobManagers that end without a word and are started again on their directory. */
class JobManagerRecoveryTest {
    private static final JobId JOB = new JobId(1, 2);

    @TempDir
    private Path directory;

    @Test
    void aJobGoesOnFromItsLatestCheckpointUnderTheNextJobManagerAndTheOneAfterThat() throws Exception {
        long first;
        try (JobManager jobManager = JobManagerTest.start(directory, 0)) {
            submit(jobManager);
            try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
                assertThat(run(taskManager).restore()).isNull();
                first = completeOne(taskManager);
            }
        }
        assertThat(Files.isRegularFile(manifest(first))).isTrue();
        long second;
        try (JobManager jobManager = JobManagerTest.start(directory, 0);
                FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 2).register(1)) {
            SubtaskDeployment deployment = run(taskManager);
            assertThat(deployment.id()).isEqualTo(new SubtaskId(JOB, 2, 0, 0, 1));
            RestorePoint restore = Objects.requireNonNull(deployment.restore());
            assertThat(restore.checkpoint()).isEqualTo(first);
            assertThat(Path.of(restore.place())).isEqualTo(directory.resolve("checkpoints/" + JOB));
            second = completeOne(taskManager);
            assertThat(second).isGreaterThan(first);
        }
        try (JobManager jobManager = JobManagerTest.start(directory, 0);
                FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 3).register(1)) {
            SubtaskDeployment deployment = run(taskManager);
            assertThat(deployment.id().run()).isEqualTo(3);
            assertThat(Objects.requireNonNull(deployment.restore()).checkpoint())
                    .isEqualTo(second);
            taskManager.state(deployment.id(), ExecutionState.FINISHED);
            assertThat(awaitEnd(jobManager).status()).isEqualTo(JobStatus.FINISHED);
        }
        try (JobManager jobManager = JobManagerTest.start(directory, 0)) {
            try (RpcClient client = new RpcClient(jobManager.address())) {
                assertThat(stub(client)
                                .getClusterStatus(GetClusterStatusRequest.getDefaultInstance())
                                .getJobsLive())
                        .isZero();
            }
        }
        try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aDamagedManifestFailsTheJobWithItsPathAndStaysWhereItIs() throws Exception {
        long checkpoint;
        try (JobManager jobManager = JobManagerTest.start(directory, 0)) {
            submit(jobManager);
            try (FakeTaskManager taskManager = new FakeTaskManager(jobManager.address(), "a", 1).register(1)) {
                run(taskManager);
                checkpoint = completeOne(taskManager);
            }
        }
        Path manifest = manifest(checkpoint);
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[60] ^= 1;
        Files.write(manifest, bytes);
        try (JobManager jobManager = JobManagerTest.start(directory, 0)) {
            JobEnd end = awaitEnd(jobManager);
            assertThat(end.status()).isEqualTo(JobStatus.FAILED);
            assertThat(end.failures().get(0).problem().code()).isEqualTo("CHECKPOINT_NOT_RECOVERABLE");
            assertThat(end.failures().get(0).problem().where()).contains(manifest.toString());
        }
        assertThat(Files.readAllBytes(manifest)).isEqualTo(bytes);
    }

    private static SubtaskDeployment run(FakeTaskManager taskManager) throws InterruptedException {
        SubtaskDeployment deployment = taskManager.await(Deploy.class).deployment();
        taskManager.state(deployment.id(), ExecutionState.INITIALIZING);
        taskManager.await(Start.class);
        taskManager.state(deployment.id(), ExecutionState.RUNNING);
        return deployment;
    }

    private static long completeOne(FakeTaskManager taskManager) throws InterruptedException, IOException {
        TriggerCheckpoint trigger = taskManager.await(TriggerCheckpoint.class);
        SegmentFile file = new SegmentFile(
                CheckpointFileName.segment(trigger.checkpoint(), taskManager.address.incarnation(), 0),
                100,
                trigger.checkpoint());
        Path stored = Path.of(trigger.place(), file.name());
        Files.createDirectories(Objects.requireNonNull(stored.getParent()));
        Files.write(stored, new byte[Math.toIntExact(file.length())]);
        StatePart part = new StatePart(PartKind.OPERATOR_LIST, "l", 0, 0, 0, 50, 10, 1);
        SubtaskId subtask = new SubtaskId(JOB, trigger.run(), 0, 0, trigger.run() - 1);
        taskManager.send(new CheckpointAcknowledged(
                JOB,
                trigger.run(),
                trigger.checkpoint(),
                List.of(file),
                List.of(),
                List.of(new SubtaskAcknowledgement(
                        subtask, List.of(new OperatorParts(0, List.of(part))), SnapshotCost.NONE))));
        assertThat(taskManager.await(CheckpointCompleted.class).checkpoint()).isEqualTo(trigger.checkpoint());
        return trigger.checkpoint();
    }

    private Path manifest(long checkpoint) throws IOException {
        return directory.resolve("checkpoints").resolve(JOB.toString()).resolve(checkpoint + "/manifest");
    }

    private static void submit(JobManager jobManager) throws Exception {
        OperatorNode source = new OperatorNode(0, "", "source", "Job.java:1", OpaqueBytes.EMPTY);
        JobVertex vertex = new JobVertex(0, "v0", 1, 128, "default", List.of(source), List.of());
        // One checkpoint per run: nobody answers the next trigger.
        Map<String, String> settings = Map.of("checkpoint.interval", "20ms");
        JobGraph graph =
                new JobGraph(JobGraph.FORMAT_VERSION, "words", List.of(vertex), List.of(), List.of(), settings);
        try (RpcClient client = new RpcClient(jobManager.address())) {
            assertThat(stub(client)
                            .submitJob(SubmitJobRequest.newBuilder()
                                    .setJob(CommonCodec.encode(JOB))
                                    .setGraph(GraphCodec.encode(graph))
                                    .build())
                            .hasAccepted())
                    .isTrue();
        }
    }

    private static JobEnd awaitEnd(JobManager jobManager) throws Exception {
        try (RpcClient client = new RpcClient(jobManager.address())) {
            BlockingClientCall<?, FollowOutputResponse> output = stub(client)
                    .followOutput(FollowOutputRequest.newBuilder()
                            .setJob(CommonCodec.encode(JOB))
                            .build());
            for (FollowOutputResponse event = output.read(); event != null; event = output.read()) {
                if (event.hasEnd()) {
                    return StatusCodec.decode(event.getEnd());
                }
            }
        }
        throw new AssertionError("the output ended before the job");
    }

    private static DispatcherGrpc.DispatcherBlockingV2Stub stub(RpcClient client) {
        return DispatcherGrpc.newBlockingV2Stub(client.channel()).withDeadlineAfter(30, TimeUnit.SECONDS);
    }
}
