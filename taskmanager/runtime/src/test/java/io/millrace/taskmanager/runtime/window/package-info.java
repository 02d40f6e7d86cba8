@NullMarked
package io.millrace.taskmanager.runtime.window;

import org.jspecify.annotations.NullMarked;
