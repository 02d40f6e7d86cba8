package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.deployment.ChannelPlacement;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.Failure;
import io.millrace.taskmanager.network.NetworkErrors;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the JobManager is told of a task that failed: its vertex, and, where the failure is a lost data connection, the
 * process at the other end. The JobManager needs the latter to name a dead TaskManager as the cause rather than what
 * followed from it.
 */
record TaskFailures(String taskManager, Clock clock) {
    private static final Set<String> POINT_AT_A_PEER =
            Set.of(NetworkErrors.CONNECTION_LOST.name(), NetworkErrors.CONNECT_FAILED.name());

    /** A failure that this process found itself. */
    Failure of(SubtaskDeployment deployment, Problem problem) {
        String vertex = deployment.vertex().name();
        return new Failure(
                problem, "", deployment.id(), vertex, taskManager, clock.epochMillis(), suspect(deployment, problem));
    }

    /** A failure that a slot reported, with what only the deployment tells. */
    Failure complete(SubtaskDeployment deployment, Failure failure) {
        return new Failure(
                failure.problem(),
                failure.stackTrace(),
                failure.subtask(),
                deployment.vertex().name(),
                failure.taskManager(),
                failure.atEpochMs(),
                suspect(deployment, failure.problem()));
    }

    /** The data plane names a peer by id and incarnation, so that of several peers the right one is found. */
    private static String suspect(SubtaskDeployment deployment, Problem problem) {
        if (!POINT_AT_A_PEER.contains(problem.code())) {
            return "";
        }
        String text = problem.what() + " " + problem.why();
        return Stream.concat(
                        deployment.inputs().stream().flatMap(gate -> gate.channels().stream()),
                        deployment.outputs().stream().flatMap(gate -> gate.channels().stream()))
                .map(ChannelPlacement::peer)
                .filter(peer -> text.contains(nameOf(peer)))
                .map(peer -> peer.taskManager().name())
                .findFirst()
                .orElse("");
    }

    private static String nameOf(PeerAddress peer) {
        return peer.taskManager() + "/" + peer.incarnation();
    }
}
