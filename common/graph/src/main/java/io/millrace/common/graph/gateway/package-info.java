/**
 * What the JobManager and a TaskManager tell each other, as records; the wire form is
 * {@code task_manager_gateway.proto}.
 */
@NullMarked
package io.millrace.common.graph.gateway;

import org.jspecify.annotations.NullMarked;
