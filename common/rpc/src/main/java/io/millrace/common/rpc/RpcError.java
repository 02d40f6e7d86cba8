package io.millrace.common.rpc;

import io.millrace.common.core.error.ErrorCode;

/** What can go wrong between two processes of the control plane. */
public enum RpcError implements ErrorCode {
    /** Nothing answers at the address. */
    CLUSTER_UNREACHABLE,
    /** The connection broke or timed out after a request was sent: it may or may not have been carried out. */
    OUTCOME_UNKNOWN,
    /** A message that no correct process of the same version sends. */
    MALFORMED_MESSAGE,
    /** A message above the size limit. */
    MESSAGE_TOO_LARGE,
    /** The two processes speak different versions of the control protocol or of a description inside it. */
    VERSION_MISMATCH,
    /** The port is taken by another process. */
    PORT_IN_USE,
    /** An address that this machine does not have, or a name that does not resolve. */
    BAD_ADDRESS,
    /** Listening beyond loopback without protection was not asked for by name. */
    INSECURE_ADDRESS,
    /** The blob store has no such file. */
    BLOB_NOT_FOUND,
    /** The bytes that arrived are not those that were announced. */
    BLOB_CORRUPT,
    /** A file above the size limit of the blob store. */
    BLOB_TOO_LARGE,
    /** A hash that is not 64 lower-case hexadecimal digits. */
    BAD_BLOB_HASH,
    /** The file to upload or to write cannot be read or written. */
    BLOB_FILE_ERROR
}
