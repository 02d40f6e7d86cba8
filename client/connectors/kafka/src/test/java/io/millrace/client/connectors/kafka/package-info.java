/** A real broker for tests, and tests of what source and sink share. */
@NullMarked
package io.millrace.client.connectors.kafka;

import org.jspecify.annotations.NullMarked;
