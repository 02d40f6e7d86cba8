package io.millrace.jobmanager.control.resource;

import io.millrace.common.graph.deployment.PeerAddress;

/** One slot of one TaskManager process. */
public record Slot(PeerAddress taskManager, int index) {}
