/** A TaskManager as a process: its parts made and joined, its slots' threads, its main(). */
@NullMarked
package io.millrace.taskmanager.server.process;

import org.jspecify.annotations.NullMarked;
