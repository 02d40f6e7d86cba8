/** A TaskManager's share of checkpoints: from the trigger to the answer, and where the parts of snapshots lie. */
@NullMarked
package io.millrace.taskmanager.server.checkpoint;

import org.jspecify.annotations.NullMarked;
