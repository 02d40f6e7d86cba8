package io.millrace.deploy.architecture.bad.client.connectors.socket;

import io.millrace.deploy.architecture.bad.common.graph.Plan;

/** A connector that sees more than the API. */
final class NosySocket {
    Plan plan = new Plan();
}
