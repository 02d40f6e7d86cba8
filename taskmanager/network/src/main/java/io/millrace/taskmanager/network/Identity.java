package io.millrace.taskmanager.network;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;

/**
 * Who a data plane is.
 *
 * @param cluster name of the cluster; others are refused
 * @param taskManager the TaskManager
 * @param incarnation the life of its process
 */
public record Identity(String cluster, TaskManagerId taskManager, Incarnation incarnation) {}
