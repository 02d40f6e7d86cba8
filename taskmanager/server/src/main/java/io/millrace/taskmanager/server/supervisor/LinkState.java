package io.millrace.taskmanager.server.supervisor;

/** Where the supervisor stands with the JobManager. */
enum LinkState {
    /** No stream; the next attempt comes at a known time. */
    WAITING,
    /** A stream is being opened. */
    OPENING,
    /** Register is sent. */
    REGISTERING,
    /** Registered: commands are taken, reports are sent. */
    REGISTERED,
    /** Refused for good or told to end; nothing is sent any more. */
    ENDED
}
