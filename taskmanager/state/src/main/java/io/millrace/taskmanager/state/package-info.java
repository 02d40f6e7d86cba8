/**
 * Keyed state and timers of one operator in one subtask: the contract, and the backend on the heap. For the slot's
 * thread.
 */
@NullMarked
package io.millrace.taskmanager.state;

import org.jspecify.annotations.NullMarked;
