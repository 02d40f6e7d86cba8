package io.millrace.client.connectors.socket;

import io.millrace.common.core.error.ErrorCode;

/** What can go wrong with a socket. */
public enum SocketErrors implements ErrorCode {
    /** Nobody listens at the address, or the connection broke and could not be made again. */
    SOCKET_UNREACHABLE
}
