/** What a client is shown of jobs and of the cluster: immutable values as of one moment. */
@NullMarked
package io.millrace.common.graph.status;

import org.jspecify.annotations.NullMarked;
