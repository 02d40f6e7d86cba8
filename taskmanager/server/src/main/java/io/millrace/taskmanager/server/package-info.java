/** The TaskManager process: slots, control stream, task life cycle and the wiring of its parts. */
@NullMarked
package io.millrace.taskmanager.server;

import org.jspecify.annotations.NullMarked;
