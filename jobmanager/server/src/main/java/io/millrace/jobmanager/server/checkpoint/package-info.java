/** The I/O of checkpoints that the control plane asks for. */
@NullMarked
package io.millrace.jobmanager.server.checkpoint;

import org.jspecify.annotations.NullMarked;
