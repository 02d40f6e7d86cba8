package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.ErrorCode;

/** Failures that the control plane finds itself. */
public enum ControlError implements ErrorCode {
    /** The job graph has more than one problem; they are listed as the cause. */
    INVALID_JOB_GRAPH,
    JOB_EMPTY,
    JOB_WITHOUT_SOURCE,
    JOB_WITHOUT_SINK,
    JOB_TOO_LARGE,
    JOB_NAME_TOO_LONG,
    GRAPH_DUPLICATE_ID,
    GRAPH_EMPTY_VERTEX,
    GRAPH_DANGLING_EDGE,
    GRAPH_DANGLING_LINK,
    GRAPH_CYCLE,
    GRAPH_FORWARD_PARALLELISM,
    DUPLICATE_UID,
    BAD_PARALLELISM,
    /** No job with this id is live or retained. */
    NO_SUCH_JOB,
    /** The job ended in another way than the request wants. */
    JOB_ALREADY_ENDED,
    /** Another graph was submitted under this id. */
    JOB_ID_TAKEN,
    TOO_MANY_JOBS,
    /** The job waited for slots as long as it may. */
    NOT_ENOUGH_SLOTS,
    TASK_MANAGER_LOST,
    /** The job's restart strategy does not start it again. */
    NO_MORE_RESTARTS,
    /** A TaskManager ended or lost a task that it was not told to end. */
    TASK_LOST,
    /** A TaskManager said what a correct one never says. */
    PROTOCOL_VIOLATION,
    /** A TaskManager's registration cannot be accepted. */
    REGISTRATION_REFUSED,
    WRONG_CLUSTER,
    /** This JobManager is older than one that the TaskManager has seen. */
    STALE_LEADER,
    NO_SUCH_OPERATOR,
    /** A savepoint cannot be where its user wants it. */
    BAD_SAVEPOINT_PLACE,
    /** A client was sent results of an earlier run: what follows would repeat or leave out some. */
    RESULTS_INTERRUPTED,
    /** Another client follows the results now. */
    RESULTS_TAKEN_OVER
}
