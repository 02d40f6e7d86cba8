/** The operators of a chain and the life cycle of the user functions in them. */
@NullMarked
package io.millrace.taskmanager.runtime.operator;

import org.jspecify.annotations.NullMarked;
