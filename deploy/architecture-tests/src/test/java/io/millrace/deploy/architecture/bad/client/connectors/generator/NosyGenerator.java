package io.millrace.deploy.architecture.bad.client.connectors.generator;

import io.millrace.deploy.architecture.bad.common.graph.Plan;

/** A connector that sees more than the API. */
final class NosyGenerator {
    Plan plan = new Plan();
}
