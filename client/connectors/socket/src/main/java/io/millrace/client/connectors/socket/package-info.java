/** Line source over a TCP socket. */
@NullMarked
package io.millrace.client.connectors.socket;

import org.jspecify.annotations.NullMarked;
