/** State of operators that is not per key: lists, union lists and broadcast state, and the functions that keep them. */
@NullMarked
package io.millrace.taskmanager.runtime.operatorstate;

import org.jspecify.annotations.NullMarked;
