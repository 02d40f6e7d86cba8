/**
 * The bytes of the data plane: what a frame looks like, how it is written, how it is read from any fragments. Pure: no
 * connection, no thread, no channel. The byte tables are in {@code docs/protocol/data-plane.md}.
 */
@NullMarked
package io.millrace.taskmanager.network.wire;

import org.jspecify.annotations.NullMarked;
