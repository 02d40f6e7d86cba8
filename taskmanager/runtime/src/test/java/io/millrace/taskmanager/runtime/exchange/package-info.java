@NullMarked
package io.millrace.taskmanager.runtime.exchange;

import org.jspecify.annotations.NullMarked;
