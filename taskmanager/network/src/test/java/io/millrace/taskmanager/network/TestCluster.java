package io.millrace.taskmanager.network;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.graph.deployment.PeerAddress;
import java.util.function.BooleanSupplier;

/**
 * Data planes of one implementation that reach each other, for the conformance suite. TaskManagers are named by the
 * test; {@code a} dials {@code b}.
 */
public interface TestCluster extends AutoCloseable {

    /** Starts a data plane, or returns the one that runs under this name. */
    DataPlane plane(String name);

    /** What a data plane's buffers are paid from. */
    MemoryBudget budget(String name);

    /** Where {@code from} reaches {@code to}, by a way that the test can break. */
    PeerAddress address(String from, String to);

    /** Woken by the channels that the test opens with it. */
    Signal signal();

    /** Lets the cluster work until the condition holds; fails the test if it never will. */
    void await(String what, BooleanSupplier condition);

    /** Lets a little happen, or nothing. */
    void progress();

    /** Breaks the connection of two TaskManagers; it comes back. */
    void lose(String one, String other);

    /** Breaks the connection of two TaskManagers for good. */
    void cut(String one, String other);

    /** Lets two TaskManagers that were cut off reach each other again. */
    void heal(String one, String other);

    /** Closes all data planes and checks that nothing of them is left. */
    @Override
    void close();
}
