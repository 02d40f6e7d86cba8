/** Tests of the sink, stepped by hand and against a broker. */
@NullMarked
package io.millrace.client.connectors.kafka.sink;

import org.jspecify.annotations.NullMarked;
