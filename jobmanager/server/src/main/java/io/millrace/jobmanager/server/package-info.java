/** The JobManager process: gRPC services, blob store and the wiring of the control agents. */
@NullMarked
package io.millrace.jobmanager.server;

import org.jspecify.annotations.NullMarked;
