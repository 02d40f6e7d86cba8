/** A data plane in memory, stepped by hand: for tests of what stands on the data plane, and for the simulation. */
@NullMarked
package io.millrace.taskmanager.network.memory;

import org.jspecify.annotations.NullMarked;
