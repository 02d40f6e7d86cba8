package io.millrace.common.graph.schema;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with a state that a job goes on from. */
public enum SchemaErrors implements ErrorCode {
    /**
     * A snapshot has a state of this name that was written as another kind, or as a type that cannot be read as now.
     */
    STATE_INCOMPATIBLE
}
