/** What source and sink of the Kafka connector share: errors, and how clients are configured and made. */
@NullMarked
package io.millrace.client.connectors.kafka;

import org.jspecify.annotations.NullMarked;
