package io.millrace.taskmanager.state;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with the use of state. */
public enum StateErrors implements ErrorCode {
    /** Two states of an operator have the same name and different kinds or types. */
    STATE_REDEFINED,
    /** State or timers are asked for where there is no key. */
    STATE_WITHOUT_KEY,
    /** A null is put where state holds none. */
    STATE_NULL_ELEMENT,
    /** What a snapshot has of a state is not what was written. */
    STATE_NOT_READABLE,
    /** A checkpoint, not a savepoint, was written by another backend. */
    STATE_BACKEND_CHANGED,
    /** A job chose a backend that the process does not have. */
    STATE_BACKEND_UNKNOWN
}
