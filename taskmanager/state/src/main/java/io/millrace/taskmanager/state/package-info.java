/**
 * Keyed state and timers: the contract and the heap backend.
 */
@NullMarked
package io.millrace.taskmanager.state;

import org.jspecify.annotations.NullMarked;
