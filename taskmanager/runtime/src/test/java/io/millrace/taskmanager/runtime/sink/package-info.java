@NullMarked
package io.millrace.taskmanager.runtime.sink;

import org.jspecify.annotations.NullMarked;
