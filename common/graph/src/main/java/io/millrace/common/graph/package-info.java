/**
 * The job graph as pure data: what the JobManager understands of a job.
 */
@NullMarked
package io.millrace.common.graph;

import org.jspecify.annotations.NullMarked;
