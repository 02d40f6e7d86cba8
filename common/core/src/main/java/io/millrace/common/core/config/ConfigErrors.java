package io.millrace.common.core.config;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with a setting. */
public enum ConfigErrors implements ErrorCode {
    /** No setting has this key. */
    CONFIG_UNKNOWN_KEY,
    /** A value does not have the form that its key asks for. */
    CONFIG_BAD_VALUE,
    /** A key is given twice in one file. */
    CONFIG_DUPLICATE_KEY,
    /** The configuration file cannot be read or is not a list of {@code key: value} lines. */
    CONFIG_FILE_UNREADABLE,
    /** A server process was started with an argument that it does not know. */
    CONFIG_BAD_ARGUMENT
}
