/** The gRPC services: guests that decode, post one event, and leave. */
@NullMarked
package io.millrace.jobmanager.server.service;

import org.jspecify.annotations.NullMarked;
