@NullMarked
package io.millrace.taskmanager.runtime.operator;

import org.jspecify.annotations.NullMarked;
