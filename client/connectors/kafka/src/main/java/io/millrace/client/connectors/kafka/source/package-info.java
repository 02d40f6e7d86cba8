/** Kafka topics as a stream. */
@NullMarked
package io.millrace.client.connectors.kafka.source;

import org.jspecify.annotations.NullMarked;
