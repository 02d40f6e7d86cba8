/** What a TaskManager is told to run: one subtask with its channels. Pure data. */
@NullMarked
package io.millrace.common.graph.deployment;

import org.jspecify.annotations.NullMarked;
