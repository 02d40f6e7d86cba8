/** Writers at the end of a chain, and committing what they prepared. */
@NullMarked
package io.millrace.taskmanager.runtime.sink;

import org.jspecify.annotations.NullMarked;
