/** Slots: the threads that tasks run on. */
@NullMarked
package io.millrace.taskmanager.runtime.slot;

import org.jspecify.annotations.NullMarked;
