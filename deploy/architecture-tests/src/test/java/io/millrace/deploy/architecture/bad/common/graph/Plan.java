package io.millrace.deploy.architecture.bad.common.graph;

import io.millrace.deploy.architecture.bad.common.core.NosyCore;

/** Half of a package cycle. */
public final class Plan {
    NosyCore parent = new NosyCore();
}
