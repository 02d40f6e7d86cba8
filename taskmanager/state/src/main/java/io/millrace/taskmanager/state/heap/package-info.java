/**
 * Keyed state on the Java heap: one table of keys per operator and subtask, a column per state. For the slot's thread.
 */
@NullMarked
package io.millrace.taskmanager.state.heap;

import org.jspecify.annotations.NullMarked;
