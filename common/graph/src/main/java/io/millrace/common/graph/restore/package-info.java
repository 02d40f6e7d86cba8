/** Whether and how a job takes up the state of a checkpoint. */
@NullMarked
package io.millrace.common.graph.restore;

import org.jspecify.annotations.NullMarked;
