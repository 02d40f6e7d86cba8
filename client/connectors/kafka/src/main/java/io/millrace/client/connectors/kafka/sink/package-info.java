/** A stream into Kafka topics, exactly once if asked for. */
@NullMarked
package io.millrace.client.connectors.kafka.sink;

import org.jspecify.annotations.NullMarked;
