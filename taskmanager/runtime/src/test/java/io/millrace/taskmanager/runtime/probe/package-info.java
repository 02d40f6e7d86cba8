@NullMarked
package io.millrace.taskmanager.runtime.probe;

import org.jspecify.annotations.NullMarked;
