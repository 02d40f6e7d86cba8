package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkErrors;
import io.millrace.taskmanager.network.wire.Hello;
import io.millrace.taskmanager.network.wire.Node;
import org.jspecify.annotations.Nullable;

/**
 * Makes this process's hellos and checks those of others. Immutable, for all event loops.
 *
 * @param self who this process is
 * @param payloadBytes the largest payload of its frames
 */
record Greeting(Identity self, int payloadBytes) {

    Hello to(Node peer, Hello.Session session) {
        return new Hello(self.cluster(), node(), peer, payloadBytes, session);
    }

    /** Whether this side dials: of two TaskManagers the one with the smaller id. */
    boolean dials(Node peer) {
        return self.taskManager().compareTo(peer.taskManager()) < 0;
    }

    /**
     * Throws with the code of what is wrong with a hello.
     *
     * @param expected who was dialled; null for a connection that came in
     */
    void check(Hello hello, @Nullable Node expected) {
        if (!hello.cluster().equals(self.cluster())) {
            throw refuse(
                    NetworkErrors.WRONG_CLUSTER,
                    "A TaskManager of cluster '" + hello.cluster() + "' meets one of '" + self.cluster() + "'",
                    "Set cluster.id to the same value on all processes of a cluster.");
        }
        if (!hello.to().taskManager().equals(self.taskManager())) {
            throw refuse(
                    NetworkErrors.WRONG_PEER,
                    "TaskManager " + hello.from() + " wants " + hello.to() + ", this is " + node(),
                    "Give each TaskManager an address of its own.");
        }
        if (!hello.to().incarnation().equals(self.incarnation())) {
            throw refuse(
                    NetworkErrors.WRONG_INCARNATION,
                    "TaskManager " + hello.from() + " wants " + hello.to() + ", this is its other life " + node(),
                    "");
        }
        checkSender(hello, expected);
        if (hello.payloadBytes() != payloadBytes) {
            throw refuse(
                    NetworkErrors.WRONG_BUFFER_SIZE,
                    "TaskManager " + hello.from() + " sends up to " + hello.payloadBytes()
                            + " bytes per frame, this one " + payloadBytes,
                    "Use the same buffer size on all TaskManagers.");
        }
    }

    private void checkSender(Hello hello, @Nullable Node expected) {
        if (expected == null) {
            if (dials(hello.from()) || hello.from().taskManager().equals(self.taskManager())) {
                throw refuse(
                        NetworkErrors.WRONG_PEER,
                        "TaskManager " + hello.from() + " dialled " + node() + ", but the smaller id dials",
                        "Give each TaskManager an id of its own.");
            }
        } else if (!hello.from().taskManager().equals(expected.taskManager())) {
            throw refuse(
                    NetworkErrors.WRONG_PEER,
                    "TaskManager " + hello.from() + " answers at the address of " + expected,
                    "Give each TaskManager an address of its own.");
        } else if (!hello.from().equals(expected)) {
            throw refuse(
                    NetworkErrors.WRONG_INCARNATION,
                    "TaskManager " + hello.from() + " answers in place of its other life " + expected,
                    "");
        }
    }

    private Node node() {
        return new Node(self.taskManager(), self.incarnation());
    }

    private static MillraceException refuse(NetworkErrors code, String what, String nextStep) {
        return Problem.of(code, what).fix(nextStep).asException();
    }
}
