package io.millrace.jobmanager.control;

import static io.millrace.jobmanager.control.CheckpointedJob.acknowledge;
import static io.millrace.jobmanager.control.CheckpointedJob.graph;
import static io.millrace.jobmanager.control.CheckpointedJob.newest;
import static io.millrace.jobmanager.control.CheckpointedJob.run;
import static io.millrace.jobmanager.control.CheckpointedJob.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.graph.schema.SchemaErrors;
import io.millrace.jobmanager.control.contract.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateThatDoesNotFitTest {
    private final Cluster cluster = new Cluster();

    @Test
    void aJobThatCannotReadItsCheckpointDoesNotStartAgain() {
        Session a = cluster.register(Cluster.address("a", 1), 2);
        JobId job = run(cluster, a, graph("restart.strategy", "exponential-delay"));
        cluster.pass(1_000);
        acknowledge(cluster, a, trigger(cluster, a));
        List<SubtaskId> tasks = newest(cluster, a);
        Problem problem = Problem.of(SchemaErrors.STATE_INCOMPATIBLE, "State 'x' does not fit");
        cluster.failed(a, new Failure(problem, "", tasks.get(0), "v0", "a", 5, ""));
        cluster.state(a, tasks.get(1), ExecutionState.CANCELED);
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED);
        assertThat(cluster.details(job).failures())
                .extracting(failure -> failure.problem().code())
                .containsExactly("STATE_INCOMPATIBLE");
    }
}
