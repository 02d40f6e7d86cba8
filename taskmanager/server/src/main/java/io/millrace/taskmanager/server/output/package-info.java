/** Printed lines and collected results on their way from slots to the supervisor. */
@NullMarked
package io.millrace.taskmanager.server.output;

import org.jspecify.annotations.NullMarked;
