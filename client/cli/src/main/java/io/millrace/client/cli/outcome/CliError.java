package io.millrace.client.cli.outcome;

import io.millrace.common.core.error.ErrorCode;

/** Failures that the command line finds itself, before or after it talks to a cluster. */
public enum CliError implements ErrorCode {
    UNKNOWN_VERB,
    VERB_MISSING,
    UNKNOWN_OPTION,
    OPTION_VALUE_MISSING,
    OPTION_VALUE_INVALID,
    OPTION_DUPLICATE,
    OPTION_CONFLICT,
    ARGUMENT_MISSING,
    ARGUMENT_UNEXPECTED,
    /** A verb needs files of the distribution, and the program was not started from one. */
    NO_DISTRIBUTION,
    JAR_MISSING,
    JAR_IS_DIRECTORY,
    JAR_EMPTY,
    /** Not a zip file, or a damaged one. */
    JAR_CORRUPT,
    /** An entry that names a place outside the jar, or one that is there twice. */
    JAR_BAD_ENTRY,
    JAR_TOO_LARGE,
    JAR_BAD_SIGNATURE,
    /** Only a warning: the jar's copies of the engine's classes are not used. */
    JAR_BUNDLES_ENGINE,
    MAIN_CLASS_NOT_NAMED,
    MAIN_CLASS_MISSING,
    MAIN_CLASS_UNUSABLE,
    MAIN_METHOD_MISSING,
    MAIN_METHOD_NOT_PUBLIC_STATIC,
    CLASS_FILE_TOO_NEW,
    MAIN_THREW,
    MAIN_EXITED,
    NO_JOB_SUBMITTED,
    NO_FREE_SLOTS,
    NO_SUCH_JOB,
    AMBIGUOUS_JOB,
    JOB_ALREADY_ENDED,
    JOB_FAILED,
    JOB_CANCELED,
    JOB_LOST,
    CLUSTER_ALREADY_RUNNING,
    NO_LOCAL_CLUSTER,
    CLUSTER_START_FAILED,
    CLUSTER_START_TIMEOUT,
    RUN_DIRECTORY_UNUSABLE,
    PROCESS_NOT_STOPPED,
    /** Ctrl-C, or a signal to end. */
    INTERRUPTED,
    /** A bug of Millrace. */
    INTERNAL_ERROR
}
