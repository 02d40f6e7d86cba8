package io.millrace.client.examples.loganalysis.options;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with the command line of the job. */
public enum OptionErrors implements ErrorCode {
    /** Not an option of this job. */
    OPTION_UNKNOWN,
    /** An option without the value it needs, or a flag with one. */
    OPTION_VALUE_MISSING,
    /** A value of a form that the option does not accept. */
    OPTION_VALUE_INVALID,
    /** An option that may be given once is there twice. */
    OPTION_DUPLICATE,
    /** Options that do not go together. */
    OPTION_CONFLICT
}
