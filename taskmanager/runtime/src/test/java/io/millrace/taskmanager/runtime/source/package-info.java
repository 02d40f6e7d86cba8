@NullMarked
package io.millrace.taskmanager.runtime.source;

import org.jspecify.annotations.NullMarked;
