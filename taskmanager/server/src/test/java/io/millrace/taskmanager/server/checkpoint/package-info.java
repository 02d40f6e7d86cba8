@NullMarked
package io.millrace.taskmanager.server.checkpoint;

import org.jspecify.annotations.NullMarked;
