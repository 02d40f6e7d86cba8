package io.millrace.common.metrics;

import io.millrace.common.core.error.ErrorCode;

/** What can go wrong with a process's HTTP server. */
public enum MetricsErrors implements ErrorCode {
    /** The HTTP port is taken by another process. */
    HTTP_PORT_IN_USE
}
