package io.millrace.taskmanager.runtime.task;

import io.millrace.taskmanager.state.KeyedStateBackend;

/**
 * The keyed state of one operator of a chain.
 *
 * @param operator its id in the job graph
 */
record KeyedPosition(int operator, KeyedStateBackend<?> state) {}
