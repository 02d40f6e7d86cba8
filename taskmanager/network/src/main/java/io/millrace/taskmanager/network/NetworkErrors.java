package io.millrace.taskmanager.network;

import io.millrace.common.core.error.ErrorCode;

/** Why a data connection or a channel ended. Constants are added, never renamed: they travel between processes. */
public enum NetworkErrors implements ErrorCode {
    /** Bytes that are no frame: unknown type, impossible length, broken field. */
    MALFORMED_FRAME,
    /** A length prefix above the cap. */
    FRAME_TOO_LARGE,
    /** The first bytes are not those of a Millrace data plane. */
    WRONG_MAGIC,
    /** The peer speaks another version of the protocol. */
    WRONG_PROTOCOL_VERSION,
    /** The peer belongs to another cluster. */
    WRONG_CLUSTER,
    /** The peer is not the TaskManager it was taken for, or it dialled although it had to wait. */
    WRONG_PEER,
    /** The peer means an earlier or later life of a TaskManager process. */
    WRONG_INCARNATION,
    /** The peer uses buffers of another size. */
    WRONG_BUFFER_SIZE,
    /** The peer wants to resume a session that has ended. */
    STALE_SESSION,
    /** No hello came in time. */
    HELLO_TIMEOUT,
    /** Too many connections wait for their hello; the oldest made room. */
    TOO_MANY_HANDSHAKES,
    /** A frame that is not allowed at this point. */
    UNEXPECTED_FRAME,
    /** A frame names a channel handle that was never issued. */
    UNKNOWN_CHANNEL,
    /** A frame is missing or came twice. */
    SEQUENCE_BROKEN,
    /** A frame without credit, or credit that is impossible. */
    CREDIT_EXCEEDED,
    /** The peer opened more channels than the limit. */
    TOO_MANY_CHANNELS,
    /** More back events than the window holds. */
    BACK_EVENT_OVERFLOW,
    /** The same channel was opened twice. */
    DUPLICATE_CHANNEL,
    /** The peer could not be reached. */
    CONNECT_FAILED,
    /** The connection was lost and did not come back. */
    CONNECTION_LOST,
    /** The peer closed the connection and said why. */
    PEER_REFUSED,
    /** This data plane is closed. */
    DATA_PLANE_CLOSED,
    /** The data port could not be opened. */
    PORT_UNAVAILABLE,
    /** A bug of the data plane; the log of this TaskManager has the stack trace. */
    DATA_PLANE_BUG
}
