/**
 * Channels between tasks: rings inside one process, frames between processes, and how elements are spread over them.
 */
@NullMarked
package io.millrace.taskmanager.runtime.exchange;

import org.jspecify.annotations.NullMarked;
