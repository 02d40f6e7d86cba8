package io.millrace.deploy.architecture.bad.client.connectors.files;

import io.millrace.deploy.architecture.bad.common.graph.Plan;

/** A connector that sees more than the API. */
final class NosyFiles {
    Plan plan = new Plan();
}
