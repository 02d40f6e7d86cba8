/** What flows inside a task: elements, control elements, where they go, and what makes a task pause. */
@NullMarked
package io.millrace.taskmanager.runtime.stream;

import org.jspecify.annotations.NullMarked;
