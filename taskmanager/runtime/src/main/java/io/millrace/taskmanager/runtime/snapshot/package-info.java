/** What a task has at a barrier, on its way to a checkpoint. */
@NullMarked
package io.millrace.taskmanager.runtime.snapshot;

import org.jspecify.annotations.NullMarked;
