package io.millrace.deploy.architecture.bad.client.connectors.kafka;

import io.millrace.deploy.architecture.bad.common.graph.Plan;

/** A connector that sees more than the API. */
final class NosyKafka {
    Plan plan = new Plan();
}
