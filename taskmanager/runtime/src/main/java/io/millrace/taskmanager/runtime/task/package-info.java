/** One attempt of one subtask: built from its deployment, stepped by its slot. */
@NullMarked
package io.millrace.taskmanager.runtime.task;

import org.jspecify.annotations.NullMarked;
