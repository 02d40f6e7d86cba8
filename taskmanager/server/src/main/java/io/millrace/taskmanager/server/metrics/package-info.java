/** The metrics of a TaskManager. */
@NullMarked
package io.millrace.taskmanager.server.metrics;

import org.jspecify.annotations.NullMarked;
