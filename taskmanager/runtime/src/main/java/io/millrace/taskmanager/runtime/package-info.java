/** The task loop: operator chains, exchanges, watermarks, source and sink drivers. */
@NullMarked
package io.millrace.taskmanager.runtime;

import org.jspecify.annotations.NullMarked;
