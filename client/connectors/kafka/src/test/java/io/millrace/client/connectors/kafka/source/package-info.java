/** Tests of the source, stepped by hand and against a broker. */
@NullMarked
package io.millrace.client.connectors.kafka.source;

import org.jspecify.annotations.NullMarked;
