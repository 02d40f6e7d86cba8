package io.millrace.common.rpc.codec;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.ChainLink;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.OperatorTypes;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OperatorRestore;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.execution.OperatorProgress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import java.util.List;
import java.util.Map;

/** One value of each kind with every field set to something that no other field has. */
final class Samples {
    static final JobId JOB = new JobId(0x0123456789abcdefL, 0xfedcba9876543210L);
    static final SubtaskId SUBTASK = new SubtaskId(JOB, 2, 3, 4, 5);
    static final BlobReference JAR = new BlobReference("ab".repeat(32), 1_234, "job.jar");
    static final PeerAddress HERE = new PeerAddress(new TaskManagerId("tm-1"), new Incarnation(-7), "127.0.0.1", 6122);
    static final PeerAddress THERE = new PeerAddress(new TaskManagerId("tm-2"), new Incarnation(8), "host-b", 6123);
    static final Problem PROBLEM = new Problem("USER_ERROR", "what", "where", "why", "do");
    static final Failure FAILURE = new Failure(PROBLEM, "java.lang.X\n\tat y", SUBTASK, "map", "tm-1", 99, "tm-2");
    static final JobVertex VERTEX = new JobVertex(
            3,
            "parse -> count",
            4,
            128,
            "blue",
            List.of(
                    new OperatorNode(10, "u10", "parse", "Job.java:7", new OpaqueBytes(new byte[] {1, 2})),
                    new OperatorNode(
                            11,
                            "",
                            "count",
                            "",
                            OpaqueBytes.EMPTY,
                            new OperatorTypes(
                                    Map.of("", new OpaqueBytes(new byte[] {3})),
                                    Map.of("late", new OpaqueBytes(new byte[] {4, 5}))))),
            List.of(new ChainLink(10, 11, 1, "late")));
    static final JobEdge EDGE =
            new JobEdge(6, 2, 9, "rejected", 3, 1, ExchangeKind.HASH, new OpaqueBytes(new byte[] {-1}));
    static final JobGraph GRAPH = new JobGraph(
            JobGraph.FORMAT_VERSION, "wörk", List.of(VERTEX), List.of(EDGE), List.of(JAR), Map.of("k", "v"));
    static final SubtaskDeployment DEPLOYMENT = new SubtaskDeployment(
            SUBTASK,
            "wörk",
            VERTEX,
            1,
            List.of(new InputGatePlacement(
                    EDGE, List.of(new ChannelPlacement(0, HERE), new ChannelPlacement(1, THERE)))),
            List.of(new OutputGatePlacement(
                    EDGE, 2, KeyGroupRouting.even(128, 2), List.of(new ChannelPlacement(0, THERE)))),
            List.of(JAR),
            Map.of("k", "v"),
            new RestorePoint(
                    JOB,
                    40,
                    "/savepoints/a",
                    List.of(new SegmentFile("40/b-0", 800, 4)),
                    List.of(new OperatorRestore(
                            10,
                            3,
                            List.of(new StateSchema("counts", new OpaqueBytes(new byte[] {5, 6}))),
                            List.of(new SubtaskSnapshot(
                                    2, List.of(new StatePart(PartKind.TIMERS, "event", 16, 32, 0, 44, 700, 70)))))),
                    true));

    static final List<FromTaskManager> FROM = List.of(
            new FromTaskManager.Register(
                    1,
                    "cluster-x",
                    HERE,
                    2,
                    "0.1.0",
                    List.of(
                            new TaskReport(SUBTASK, "wörk", "map", 1, ExecutionState.RUNNING, null),
                            new TaskReport(SUBTASK, "wörk", "map", 0, ExecutionState.FAILED, FAILURE))),
            new FromTaskManager.Heartbeat(
                    17,
                    List.of(new TaskProgress(
                            SUBTASK,
                            0.5,
                            0.25,
                            7,
                            List.of(new OperatorProgress(10, 100, 90, -5L), new OperatorProgress(11, 90, 80, null))))),
            new FromTaskManager.SubtaskStateChanged(SUBTASK, ExecutionState.INITIALIZING, null),
            new FromTaskManager.SubtaskStateChanged(SUBTASK, ExecutionState.FAILED, FAILURE),
            new FromTaskManager.OutputLines(SUBTASK, 11, "print", true, List.of("a", ""), 41),
            new FromTaskManager.ResultBatch(SUBTASK, 11, 3, new OpaqueBytes(new byte[] {9, 8})),
            new FromTaskManager.Leaving("SIGTERM"),
            new FromTaskManager.Fenced(new Epoch(12)),
            new FromTaskManager.CheckpointAcknowledged(
                    JOB,
                    2,
                    42,
                    List.of(new SegmentFile("42/a-0", 900, -3), new SegmentFile("40/b-1", 800, 4)),
                    List.of(new OperatorSchemas(
                            10, List.of(new StateSchema("counts", new OpaqueBytes(new byte[] {5, 6}))))),
                    List.of(new SubtaskAcknowledgement(
                            SUBTASK,
                            List.of(new OperatorParts(
                                    10,
                                    List.of(
                                            new StatePart(PartKind.KEYED_BASE, "counts", 16, 32, 1, 44, 700, 70),
                                            new StatePart(PartKind.KEYED_DELTA, "counts", 16, 32, 0, 45, 600, 7)))),
                            new SnapshotCost(1_300, 601, 51, 52, 53)))),
            new FromTaskManager.CheckpointDeclined(JOB, 2, 43, SUBTASK, PROBLEM),
            new FromTaskManager.SubtaskEnded(SUBTASK));

    static final List<ToTaskManager> TO = List.of(
            new ToTaskManager.Registered("cluster-x", 500, 2_500, 4),
            new ToTaskManager.Refused(PROBLEM, true),
            new ToTaskManager.HeartbeatAck(17),
            new ToTaskManager.Deploy(DEPLOYMENT),
            new ToTaskManager.Start(List.of(SUBTASK)),
            new ToTaskManager.Cancel(List.of(SUBTASK)),
            new ToTaskManager.Forget(List.of(SUBTASK)),
            new ToTaskManager.ResultAck(SUBTASK, 11, 4),
            new ToTaskManager.Fenced(new Epoch(12)),
            new ToTaskManager.Shutdown("replaced"),
            new ToTaskManager.TriggerCheckpoint(JOB, 2, 42, CheckpointKind.SAVEPOINT_THEN_STOP, "s3://bucket/here"),
            new ToTaskManager.CheckpointCompleted(JOB, 2, 41),
            new ToTaskManager.CheckpointAborted(JOB, 2, 39, "too slow"));

    static final JobSummary SUMMARY = new JobSummary(
            JOB, "wörk", JobStatus.FAILING, 1_000, 2_000, Map.of(ExecutionState.RUNNING, 3, ExecutionState.FAILED, 1));
    static final JobDetails DETAILS = new JobDetails(
            SUMMARY,
            2,
            1_500,
            4,
            3,
            new JobDetails.Restarts(2, "free slots"),
            new JobDetails.Origin("/save/7", List.of("'count' (uid:c)")),
            List.of(FAILURE),
            List.of(new JobDetails.VertexDetails(
                    3,
                    "map",
                    1,
                    128,
                    List.of(
                            new JobDetails.OperatorDetails(10, "parse", "Job.java:7", 5, 6, 7L),
                            new JobDetails.OperatorDetails(11, "count", "", 8, 9, null)),
                    List.of(
                            new JobDetails.SubtaskDetails(
                                    0, 1, ExecutionState.RUNNING, "tm-1", 1, 0.75, 0.125, 10, 11, 12L),
                            new JobDetails.SubtaskDetails(1, 0, ExecutionState.CREATED, "", 0, 0, 0, 0, 0, null)),
                    0.375,
                    0.0625,
                    List.of(1, 2))));
    static final PrintedLines LINES = new PrintedLines(3, "print", 1, true, List.of("x", "y"), 12);
    static final CheckpointSummary SLOW = new CheckpointSummary(
            7,
            2,
            CheckpointKind.CHECKPOINT,
            CheckpointStatus.COMPLETED,
            new CheckpointSummary.Cost(1_000, 2_000, 150, 3_000, 70, 400),
            "'map' (1/2)",
            FAILURE.problem(),
            "/checkpoints/7");
    static final JobEnd END = new JobEnd(JobStatus.FAILED, List.of(FAILURE), 1_000, 2_000);
    static final ClusterStatus CLUSTER = new ClusterStatus(
            new Epoch(12),
            "cluster-x",
            "0.1.0",
            500,
            List.of(new ClusterStatus.TaskManagerDetails(HERE, 2, 1, "0.1.0", 600, 70, true)),
            3);

    private Samples() {}
}
