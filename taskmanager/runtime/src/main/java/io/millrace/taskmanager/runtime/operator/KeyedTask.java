package io.millrace.taskmanager.runtime.operator;

import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.state.KeyedStateBackend;

/**
 * What a keyed operator shares with its task.
 *
 * @param state the operator's state and timers
 * @param brake stops the task while a firing is open
 * @param time the task's clock
 * @param sides the operator's side outputs
 */
public record KeyedTask(KeyedStateBackend<Object> state, Brake brake, TaskTime time, SideOutputs sides) {}
