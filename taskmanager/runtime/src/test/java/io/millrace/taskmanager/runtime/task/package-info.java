@NullMarked
package io.millrace.taskmanager.runtime.task;

import org.jspecify.annotations.NullMarked;
