package io.millrace.common.rpc;

/** Bounds of the control plane that keep one bad peer from hurting the others. */
public final class RpcLimits {
    /** The largest message that a server takes, and so the largest job graph. */
    public static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

    /**
     * The largest message that a client takes: a deployment repeats part of a graph and adds the places of its peers.
     */
    public static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

    public static final int MAX_HEADER_BYTES = 8 * 1024;
    public static final int MAX_CALLS_PER_CONNECTION = 128;
    public static final int MAX_RESETS_PER_WINDOW = 200;
    public static final int RESET_WINDOW_SECONDS = 10;
    public static final int HANDSHAKE_TIMEOUT_SECONDS = 5;
    public static final int KEEP_ALIVE_SECONDS = 10;
    public static final int KEEP_ALIVE_TIMEOUT_SECONDS = 10;

    /** The longest that a client waits for the answer to a single request. */
    public static final int REQUEST_DEADLINE_SECONDS = 5;

    /** The longest that a transfer of a blob may take as a whole. */
    public static final int BLOB_DEADLINE_SECONDS = 300;

    public static final int BLOB_CHUNK_BYTES = 64 * 1024;

    /** The largest blob. */
    public static final long MAX_BLOB_BYTES = 256L * 1024 * 1024;

    private RpcLimits() {}
}
