/** Dispatcher, resource manager and job master as event-driven state machines: they decide and never do I/O. */
@NullMarked
package io.millrace.jobmanager.control;

import org.jspecify.annotations.NullMarked;
