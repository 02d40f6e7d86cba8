package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.ErrorCode;

/** Why a supervisor ends its process. */
public enum SupervisorErrors implements ErrorCode {
    /** A newer process with the same id took over. */
    REPLACED
}
