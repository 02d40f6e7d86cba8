/** What the JobManager understands of a job: vertices, edges, parallelism. Pure data; user code is opaque bytes. */
@NullMarked
package io.millrace.common.graph;

import org.jspecify.annotations.NullMarked;
