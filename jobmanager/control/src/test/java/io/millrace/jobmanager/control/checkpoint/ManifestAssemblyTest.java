package io.millrace.jobmanager.control.checkpoint;

import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.A;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.JOB;
import static io.millrace.jobmanager.control.checkpoint.CoordinatorFixture.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.jobmanager.control.TestGraphs;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a manifest says of its operators besides what TaskManagers told. */
class ManifestAssemblyTest {
    private static final SubtaskId TASK = new SubtaskId(JOB, 1, 1, 0, 0);

    /** The second of two operators in a line, with a state and this part of one kind. */
    private static OperatorSnapshot second(PartKind kind) {
        CheckpointPointer pointer = new CheckpointPointer(10, 1, CheckpointKind.CHECKPOINT, "");
        PendingCheckpoint pending =
                new PendingCheckpoint(pointer, new Moment(0, 0), Map.of(A, Set.of(TASK)), Optional.empty());
        StatePart part = new StatePart(kind, "", 0, 0, 0, 44, 100, 5);
        pending.acknowledgedBy(
                A,
                new CheckpointAcknowledged(
                        JOB,
                        1,
                        10,
                        List.of(file(10, A)),
                        List.of(new OperatorSchemas(
                                10,
                                List.of(
                                        new StateSchema("counts", OpaqueBytes.EMPTY),
                                        new StateSchema("exchange:7", OpaqueBytes.EMPTY)))),
                        List.of(new SubtaskAcknowledgement(
                                TASK, List.of(new OperatorParts(10, List.of(part))), SnapshotCost.NONE))));
        CheckpointJob job =
                new CheckpointJob(JOB, TestGraphs.line("job", 1, 2), node -> "uid:" + node.id(), "/checkpoints");
        return new ManifestAssembly(job, pending, () -> 7)
                .assemble(Optional.empty(), 9)
                .orThrow()
                .manifest()
                .operators()
                .get(0);
    }

    @Test
    void elementsUnderWayAreStoredWithWhereTheyCameFromAsTheGraphHasItNow() {
        OperatorSnapshot operator = second(PartKind.IN_FLIGHT);
        assertThat(operator.schemas()).extracting(StateSchema::state).containsExactly("counts", "exchange:0");
        assertThat(StateDescription.textOf(operator.schemas().get(1))).isEqualTo("elements from uid:0 by hash");
    }

    @Test
    void whereNoneWereUnderWayNothingIsSaidOfInputs() {
        assertThat(second(PartKind.OPERATOR_LIST).schemas())
                .extracting(StateSchema::state)
                .containsExactly("counts");
    }
}
