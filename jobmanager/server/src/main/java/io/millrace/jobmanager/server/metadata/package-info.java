/** The metadata log: what the JobManager must know of its jobs after a restart, on disk. */
@NullMarked
package io.millrace.jobmanager.server.metadata;

import org.jspecify.annotations.NullMarked;
