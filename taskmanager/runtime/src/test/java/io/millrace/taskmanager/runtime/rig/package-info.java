/** A whole job in one thread: processes, slots and data planes that a test steps by hand. */
@NullMarked
package io.millrace.taskmanager.runtime.rig;

import org.jspecify.annotations.NullMarked;
