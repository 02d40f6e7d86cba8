/**
 * The data plane over Netty. Three kinds of thread meet here:
 *
 * <ul>
 *   <li><b>A slot's thread</b> owns the public face of each channel end: {@code SendEnd} and {@code ReceiveEnd} keep
 *       its fields in a section of their own. It takes send buffers from the shared free list and its own ring, copies
 *       bytes into them, and posts them to a reactor's mailbox; it polls filled chunks from a ring and gives them back
 *       through another.
 *   <li><b>An event loop</b> is entered by Netty's callbacks and by the reactor's doorbell. It alone touches everything
 *       else: {@code Reactor}, {@code Link}, {@code LinkOutbound}, {@code LinkInbound}, {@code ChannelTable},
 *       {@code Connection}, the handshakes, and the loop's sections of the channel ends. A peer is served by one loop
 *       for ever, so nothing of it is shared.
 *   <li><b>Any thread</b> may open channels, read statistics and close the data plane: it reserves memory, makes the
 *       channel end and posts it.
 * </ul>
 *
 * What crosses is in {@code io.millrace.common.core.concurrent}: one mailbox per reactor, two rings per channel end,
 * two published counters, one published state. No callback blocks or waits for a slot.
 */
@NullMarked
package io.millrace.taskmanager.network.netty;

import org.jspecify.annotations.NullMarked;
