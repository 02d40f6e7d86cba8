/** Lines of a TCP connection as a stream. */
@NullMarked
package io.millrace.client.connectors.socket;

import org.jspecify.annotations.NullMarked;
