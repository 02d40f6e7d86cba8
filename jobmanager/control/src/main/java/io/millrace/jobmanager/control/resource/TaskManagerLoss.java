package io.millrace.jobmanager.control.resource;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.deployment.PeerAddress;

/** A TaskManager process that is gone with its tasks, and how that was found. */
public record TaskManagerLoss(PeerAddress taskManager, Problem problem) {}
