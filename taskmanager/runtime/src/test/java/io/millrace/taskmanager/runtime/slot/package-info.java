@NullMarked
package io.millrace.taskmanager.runtime.slot;

import org.jspecify.annotations.NullMarked;
