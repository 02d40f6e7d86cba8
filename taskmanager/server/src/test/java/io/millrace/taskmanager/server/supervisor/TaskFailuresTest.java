package io.millrace.taskmanager.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.error.ErrorCode;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.core.time.ManualClock;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.InputGatePlacement;
import io.millrace.common.graph.deployment.OutputGatePlacement;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.Failure;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFailuresTest {
    private static final PeerAddress IN = peer("tm-1", 5);
    private static final PeerAddress OUT = peer("tm-11", 6);

    private final TaskFailures failures = new TaskFailures("here", new ManualClock(0, 42));

    @Test
    void aLostConnectionPointsAtTheProcessAtTheOtherEnd() {
        assertThat(suspectOf(NetworkErrors.CONNECTION_LOST, OUT)).isEqualTo("tm-11");
        assertThat(suspectOf(NetworkErrors.CONNECTION_LOST, IN)).isEqualTo("tm-1");
        assertThat(suspectOf(NetworkErrors.CONNECT_FAILED, IN)).isEqualTo("tm-1");
    }

    @Test
    void anyOtherFailureAndAProcessThatIsNoPeerPointNowhere() {
        assertThat(suspectOf(NetworkErrors.DATA_PLANE_BUG, IN)).isEmpty();
        assertThat(suspectOf(NetworkErrors.CONNECTION_LOST, peer("tm-1", 99))).isEmpty();
    }

    @Test
    void whatTheSlotReportedIsKept() {
        Problem problem = Problem.of(NetworkErrors.CONNECTION_LOST, "lost " + node(IN));
        Failure reported = new Failure(problem, "trace", SupervisorFixture.subtask(0), "", "here", 7, "");
        Failure complete = failures.complete(deployment(), reported);
        assertThat(complete)
                .isEqualTo(new Failure(
                        problem,
                        "trace",
                        SupervisorFixture.subtask(0),
                        deployment().vertex().name(),
                        "here",
                        7,
                        "tm-1"));
    }

    private String suspectOf(ErrorCode code, PeerAddress peer) {
        Problem problem = Problem.of(code, "The connection to TaskManager " + node(peer) + " was lost");
        return failures.of(deployment(), problem).suspectedTaskManager();
    }

    /** As the data plane names it in its messages. */
    private static String node(PeerAddress peer) {
        return new Node(peer.taskManager(), peer.incarnation()).toString();
    }

    private static SubtaskDeployment deployment() {
        SubtaskDeployment plain = SupervisorFixture.deployment(0);
        JobEdge edge = new JobEdge(0, 0, 0, "", 0, 0, ExchangeKind.HASH, OpaqueBytes.EMPTY);
        return new SubtaskDeployment(
                plain.id(),
                plain.jobName(),
                plain.vertex(),
                plain.slot(),
                List.of(new InputGatePlacement(edge, List.of(new ChannelPlacement(0, IN)))),
                List.of(new OutputGatePlacement(
                        edge, 1, KeyGroupRouting.even(8, 1), List.of(new ChannelPlacement(0, OUT)))),
                plain.jars(),
                plain.configuration(),
                null);
    }

    private static PeerAddress peer(String id, long incarnation) {
        return new PeerAddress(new TaskManagerId(id), new Incarnation(incarnation), "127.0.0.1", 9);
    }
}
