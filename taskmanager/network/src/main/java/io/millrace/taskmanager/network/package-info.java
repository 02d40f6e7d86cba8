/**
 * Netty transport of the data plane: frames, credit, buffer pools, channels. It moves bytes and never sees a
 * record.
 */
@NullMarked
package io.millrace.taskmanager.network;

import org.jspecify.annotations.NullMarked;
