package io.millrace.taskmanager.runtime.task;

import io.millrace.taskmanager.runtime.operator.SideOutputs;
import io.millrace.taskmanager.runtime.stream.Output;

/**
 * Where an operator's results go.
 *
 * @param main elements
 * @param control watermarks, status and end of input: the main and all side outputs
 * @param sides elements with a tag
 */
record OperatorOutputs(Output main, Output control, SideOutputs sides) {}
