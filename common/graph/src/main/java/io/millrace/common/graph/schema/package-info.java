/** How the values of a state are written, as data: compared by processes that do not have the job's classes. */
@NullMarked
package io.millrace.common.graph.schema;

import org.jspecify.annotations.NullMarked;
