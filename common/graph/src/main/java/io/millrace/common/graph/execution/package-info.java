/**
 * The life of jobs and subtasks: states, failures, progress. Shared by the JobManager, the TaskManagers and clients.
 */
@NullMarked
package io.millrace.common.graph.execution;

import org.jspecify.annotations.NullMarked;
