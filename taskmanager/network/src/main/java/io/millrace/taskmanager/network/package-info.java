/** Bytes between TaskManager processes: channels with credit over one connection per pair. Never records. */
@NullMarked
package io.millrace.taskmanager.network;

import org.jspecify.annotations.NullMarked;
