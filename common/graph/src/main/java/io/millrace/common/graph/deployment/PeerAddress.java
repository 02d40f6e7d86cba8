package io.millrace.common.graph.deployment;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;

/** Where the data plane of one TaskManager process is reached. */
public record PeerAddress(TaskManagerId taskManager, Incarnation incarnation, String host, int dataPort) {}
