/** The control stream over gRPC. */
@NullMarked
package io.millrace.taskmanager.server.link;

import org.jspecify.annotations.NullMarked;
