/** Decides about a job's checkpoints: when one is taken, when it is complete, what may be deleted. Does no I/O. */
@NullMarked
package io.millrace.jobmanager.control.checkpoint;

import org.jspecify.annotations.NullMarked;
