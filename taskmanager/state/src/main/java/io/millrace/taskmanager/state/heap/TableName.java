package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.KeyGroups;

/**
 * What a table is called in snapshots.
 *
 * @param groups those of the subtask
 * @param timers whether it holds timers
 */
record TableName(String state, KeyGroups groups, boolean timers) {}
