/** What one TaskManager knows and decides: its registration, its tasks, what it reports. Pure; stepped by a host. */
@NullMarked
package io.millrace.taskmanager.server.supervisor;

import org.jspecify.annotations.NullMarked;
