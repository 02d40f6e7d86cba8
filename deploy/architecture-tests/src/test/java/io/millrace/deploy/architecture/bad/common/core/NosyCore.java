package io.millrace.deploy.architecture.bad.common.core;

import io.millrace.deploy.architecture.bad.common.graph.Plan;
import io.millrace.deploy.architecture.bad.taskmanager.runtime.ReadingOperator;

/** Core that knows the graph and a TaskManager. */
public final class NosyCore {
    Plan plan = new Plan();
    ReadingOperator operator = new ReadingOperator();
}
