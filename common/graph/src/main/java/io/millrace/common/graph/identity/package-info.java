/** By what an operator's state is found again in a later version of its job. Seen by client and JobManager. */
@NullMarked
package io.millrace.common.graph.identity;

import org.jspecify.annotations.NullMarked;
