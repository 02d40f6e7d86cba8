package io.millrace.jobmanager.control;

import static io.millrace.jobmanager.control.CheckpointedJob.acknowledge;
import static io.millrace.jobmanager.control.CheckpointedJob.fail;
import static io.millrace.jobmanager.control.CheckpointedJob.graph;
import static io.millrace.jobmanager.control.CheckpointedJob.restoreOf;
import static io.millrace.jobmanager.control.CheckpointedJob.run;
import static io.millrace.jobmanager.control.CheckpointedJob.runNewest;
import static io.millrace.jobmanager.control.CheckpointedJob.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.OperatorTypes;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.identity.OperatorIdentities;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.ControlSettings;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs that begin with the state of a checkpoint of another. */
class OriginTest {
    private static final JobId WRITER = new JobId(77, 88);
    private static final JobId ID = new JobId(5, 6);
    private static final String PATH = "/save/savepoint-x/1234";

    private final Cluster cluster = new Cluster();

    /** A savepoint of the same job, with keyed state of its first operator, and of others. */
    private CheckpointManifest savepoint(String... strangers) {
        JobGraph graph = graph();
        SegmentFile file = new SegmentFile("1234/aa-0", 1_000, 9);
        StatePart part = new StatePart(PartKind.KEYED_BASE, "s", 0, 128, 0, 44, 100, 3);
        List<SubtaskSnapshot> subtasks = List.of(new SubtaskSnapshot(0, List.of(part)));
        List<OperatorSnapshot> operators = new ArrayList<>();
        int first = graph.vertices().get(0).head().id();
        int groups = graph.vertices().get(0).maxParallelism();
        List<StateSchema> schemas = List.of(new StateSchema("s", described("value of Long\nvalue Long")));
        operators.add(new OperatorSnapshot(
                OperatorIdentities.of(graph).getOrDefault(first, ""), "op", 1, groups, schemas, subtasks));
        for (String stranger : strangers) {
            operators.add(new OperatorSnapshot("uid:" + stranger, stranger, 1, groups, List.of(), subtasks));
        }
        return new CheckpointManifest(WRITER, "before", 1_234, 3, true, 1, 2, List.of(file), operators);
    }

    private void has(CheckpointManifest manifest) {
        cluster.disk.manifests.put(PATH + "/manifest", manifest);
    }

    private static JobGraph from(String... settings) {
        String[] all = new String[settings.length + 2];
        all[0] = "job.from";
        all[1] = PATH;
        System.arraycopy(settings, 0, all, 2, settings.length);
        return graph(all);
    }

    @Test
    void theFirstRunTakesUpTheStateOfTheSavepointAndItsCheckpointsComeAfterIt() {
        has(savepoint());
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, from());

        RestorePoint restore = restoreOf(cluster, a);
        assertThat(restore.job()).isEqualTo(WRITER);
        assertThat(restore.place()).isEqualTo("/save/savepoint-x");
        assertThat(restore.checkpoint()).isEqualTo(1_234);
        assertThat(restore.operators()).hasSize(1);
        assertThat(cluster.details(job).origin()).isEqualTo(new JobDetails.Origin(PATH, List.of()));
        cluster.pass(1_000);
        assertThat(trigger(cluster, a).checkpoint()).isGreaterThan(1_234);
    }

    @Test
    void aFailureBeforeTheFirstCheckpointGoesOnFromTheSamePlaceAndALaterOneDoesNot() {
        has(savepoint());
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, from());
        fail(cluster, a);
        assertThat(cluster.details(job).run()).isEqualTo(2);
        assertThat(restoreOf(cluster, a).job()).isEqualTo(WRITER);
        runNewest(cluster, a);
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        fail(cluster, a);
        cluster.pass(2_000);
        assertThat(restoreOf(cluster, a).job()).isEqualTo(job);
    }

    @Test
    void anotherLeaderGoesOnFromTheSameOrigin() {
        has(savepoint());
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, from());

        Cluster next = nextLeader(cluster);
        Session b = next.register(Cluster.address("b", 2), 2);
        assertThat(next.details(job).run()).isEqualTo(2);
        assertThat(restoreOf(next, b).job()).isEqualTo(WRITER);
        assertThat(restoreOf(next, b).place()).isEqualTo("/save/savepoint-x");
        assertThat(next.details(job).origin().path()).isEqualTo(PATH);
        runNewest(next, b);
        next.pass(1_000);
        assertThat(trigger(next, b).checkpoint()).isGreaterThan(1_234);
    }

    @Test
    void anOriginThatIsGoneWhenAnotherLeaderNeedsItFailsTheJobByName() {
        has(savepoint());
        JobId job = run(cluster, cluster.register(Cluster.address("a", 1), 2), from());
        cluster.disk.manifests.clear();

        Cluster next = nextLeader(cluster);
        assertThat(next.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(next.details(job).failures().get(0).problem().code()).isEqualTo("CHECKPOINT_NOT_RECOVERABLE");
    }

    @Test
    void stateThatIsDamagedFailsTheJobAtOnceForItStaysSo() {
        has(savepoint());
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, from("restart.strategy", "exponential-delay"));
        List<SubtaskId> tasks = CheckpointedJob.newest(cluster, a);
        Problem damaged = new Problem("CHECKPOINT_DAMAGED", "bad", "1234/aa-0, byte 44", "", "Another");
        cluster.failed(a, new Failure(damaged, "", tasks.get(0), "v0", "a", 5, ""));
        cluster.state(a, tasks.get(1), ExecutionState.CANCELED);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(job).failures().get(0).problem()).isEqualTo(damaged);
    }

    @Test
    void nothingOfTheOriginIsEverDeleted() {
        has(savepoint());
        cluster.disk.segments.add("/save/savepoint-x/1234/aa-0");
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, from());
        for (int i = 0; i < 3; i++) {
            cluster.pass(1_000);
            acknowledge(cluster, a, trigger(cluster, a));
        }
        cluster.cancel(job);
        CheckpointedJob.newest(cluster, a).forEach(task -> cluster.state(a, task, ExecutionState.CANCELED));
        cluster.pass(130_000);
        assertThat(cluster.disk.manifests).containsKey(PATH + "/manifest");
        assertThat(cluster.disk.segments).containsExactly("/save/savepoint-x/1234/aa-0");
        assertThat(cluster.disk.commands(SweepFiles.class)).isNotEmpty().allMatch(sweep -> sweep.place()
                .isEmpty());
        assertThat(cluster.disk.commands(DeleteFiles.class))
                .allMatch(delete -> delete.place().isEmpty())
                .noneMatch(delete -> delete.names().stream().anyMatch(name -> name.startsWith("1234/")));
    }

    @Test
    void aSubmissionThatIsAskedForTwiceWhileItsOriginIsReadIsOneJob() {
        has(savepoint());
        cluster.disk.holdStorage = true;
        var first = cluster.submitAnd(ID, from());
        var second = cluster.submitAnd(ID, from());
        var other = cluster.submitAnd(ID, from("checkpoint.interval", "2s"));
        assertThat(first.isSet()).isFalse();
        assertThat(codeOf(other.get())).isEqualTo("JOB_ID_TAKEN");
        cluster.disk.release();
        cluster.pass(100);
        assertThat(first.get()).isInstanceOf(Outcome.Success.class).isEqualTo(second.get());
        assertThat(cluster.disk.entries(LogEntry.Submitted.class)).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsRefusedByNameAndLeavesNoTrace() {
        assertThat(refusalOf(from())).isEqualTo("STORAGE_FAILED");
        has(savepoint("totals"));
        assertThat(refusalOf(from())).isEqualTo("STATE_WITHOUT_OPERATOR");
        assertThat(cluster.disk.entries).isEmpty();
        assertThat(cluster.get(ID)).isInstanceOf(Outcome.Failure.class);
        assertThat(refusalOf(graph("job.from", "relative"))).isEqualTo("CONFIG_BAD_VALUE");
    }

    @Test
    void stateMayBeLeftBehindIfTheUserSaysSoAndTheStatusTells() {
        has(savepoint("totals"));
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, from("job.allow-dropped-state", "true"));
        assertThat(cluster.details(job).origin().dropped()).containsExactly("'totals' (uid:totals)");
        assertThat(nextLeader(cluster).details(job).origin().dropped()).containsExactly("'totals' (uid:totals)");
        assertThat(restoreOf(cluster, a).operators()).hasSize(1);
    }

    @Test
    void aCheckpointOfAJobThatRunsIsRefusedForItWillGo() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        run(cluster, a, graph());
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        String manifest = cluster.disk.manifests.keySet().iterator().next();
        String path = manifest.substring(0, manifest.lastIndexOf('/'));
        assertThat(refusalOf(graph("job.from", path))).isEqualTo("CHECKPOINT_OF_LIVE_JOB");
    }

    @Test
    void stateThatCannotBeReadAsTheJobsTypeIsRefusedBeforeTheJobStarts() {
        has(savepoint());
        assertThat(refusalOf(typed("value of String\nvalue String"))).isEqualTo("STATE_INCOMPATIBLE");
        assertThat(cluster.disk.entries).isEmpty();
        assertThat(cluster.submit(ID, typed("value of Double\nvalue Double"))).isInstanceOf(Outcome.Failure.class);
        assertThat(cluster.submit(ID, typed("value of Long\nvalue Long"))).isInstanceOf(Outcome.Success.class);
    }

    /** A job that begins with the savepoint and has its state with this description. */
    private static JobGraph typed(String description) {
        JobGraph graph = from();
        JobVertex vertex = graph.vertices().get(0);
        OperatorNode node = vertex.head();
        OperatorTypes types = new OperatorTypes(Map.of("s", described(description)), Map.of());
        OperatorNode head = new OperatorNode(node.id(), node.uid(), node.name(), node.place(), node.payload(), types);
        JobVertex typed = new JobVertex(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                vertex.maxParallelism(),
                vertex.slotSharingGroup(),
                List.of(head),
                List.of());
        return TestGraphs.with(TestGraphs.graph(graph.name(), List.of(typed), graph.edges()), graph.configuration());
    }

    private static OpaqueBytes described(String description) {
        return new OpaqueBytes(description.getBytes(StandardCharsets.UTF_8));
    }

    private String refusalOf(JobGraph graph) {
        return codeOf(cluster.submit(ID, graph));
    }

    private static String codeOf(Outcome<JobSummary> outcome) {
        return ((Outcome.Failure<JobSummary>) outcome).problem().code();
    }

    private static Cluster nextLeader(Cluster before) {
        ControlSettings settings = new ControlSettings("test", "0.1.0", Cluster.EPOCH, Cluster.TIMING, Cluster.LIMITS);
        return new Cluster(settings, before.disk.entries, disk -> disk.manifests.putAll(before.disk.manifests));
    }
}
