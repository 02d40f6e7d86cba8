package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.ErrorCode;

/** What can go wrong in a TaskManager outside user code. */
public enum TaskManagerErrors implements ErrorCode {
    /** A port of the TaskManager is taken by another process. */
    PORT_IN_USE,
    /** The TaskManager is told to listen where it must not without security. */
    INSECURE_BIND,
    /** A job's jar cannot be fetched or opened. */
    JOB_LIBRARY_UNAVAILABLE,
    /** A deployment names a slot that this TaskManager does not have. */
    NO_SUCH_SLOT,
    /** A slot has more commands waiting than it can hold. */
    SLOT_OVERLOADED,
    /** Something in the engine failed; not the user's fault. */
    INTERNAL_ERROR
}
