package io.millrace.common.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.millrace.common.core.error.Problem;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the JobManager, made when the first call needs it. Thread-safe. Callbacks of asynchronous stubs run
 * on its one network thread and must not block.
 *
 * <p>The thread is its own and ends with it: a JVM that exits while a thread waits in the operating system waits
 * another 0.3 s for that thread, and every command of the client would.
 */
public final class RpcClient implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_SECONDS = 2;

    private final EventLoopGroup network = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("millrace-rpc", true), NioIoHandler.newFactory());
    private final ManagedChannel channel;
    private final RpcAddress address;

    public RpcClient(RpcAddress address) {
        this.address = address;
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                .directExecutor()
                .eventLoopGroup(network)
                .channelType(NioSocketChannel.class)
                .maxInboundMessageSize(RpcLimits.MAX_RESPONSE_BYTES)
                .maxInboundMetadataSize(RpcLimits.MAX_HEADER_BYTES)
                .keepAliveTime(RpcLimits.KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(RpcLimits.KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .disableRetry()
                .intercept(new ProtocolHeader())
                .build();
    }

    public RpcAddress address() {
        return address;
    }

    /** For the generated stubs. */
    public Channel channel() {
        return channel;
    }

    /**
     * Refuses a message that the other side would not take, before anything is sent.
     *
     * @param what the message for people, such as "The job graph"
     * @throws io.millrace.common.core.error.MillraceException {@code MESSAGE_TOO_LARGE}
     */
    public static void requireFits(MessageLite message, String what) {
        int size = message.getSerializedSize();
        if (size > RpcLimits.MAX_REQUEST_BYTES) {
            throw Problem.of(
                            RpcError.MESSAGE_TOO_LARGE,
                            what + " has " + size + " bytes, the limit is " + RpcLimits.MAX_REQUEST_BYTES)
                    .fix("Keep data out of the job graph: read it in a source instead of capturing it in a function")
                    .asException();
        }
    }

    /** Forgets the delay of earlier attempts to connect, so that the next call tries at once. */
    public void retryNow() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            network.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a user is told about a call to this address that the transport ended. */
    public Problem problemOf(StatusRuntimeException failure) {
        return problemOf(failure.getStatus());
    }

    /** What a user is told about a call to this address that the transport ended. */
    public Problem problemOf(StatusException failure) {
        return problemOf(failure.getStatus());
    }

    /** What a user is told about a call to this address that ended with {@code status}, which is not OK. */
    public Problem problemOf(Status status) {
        String why = describe(status);
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                Problem.of(RpcError.CLUSTER_UNREACHABLE, "No JobManager answers at " + address)
                        .because(why)
                        .fix("Start one with 'millrace cluster start', or name its address");
            case DEADLINE_EXCEEDED, CANCELLED ->
                Problem.of(RpcError.OUTCOME_UNKNOWN, "The JobManager at " + address + " did not answer in time")
                        .because(why)
                        .fix("Ask for the state with 'millrace list'; repeating the request is harmless");
            case RESOURCE_EXHAUSTED ->
                Problem.of(RpcError.MESSAGE_TOO_LARGE, "A message to or from " + address + " is too large")
                        .because(why)
                        .fix("Keep data out of the job graph: read it in a source, not from a captured field");
            case FAILED_PRECONDITION ->
                Problem.of(RpcError.VERSION_MISMATCH, "The process at " + address + " is of another version")
                        .because(why)
                        .fix("Use the same Millrace version for the client, the JobManager and all TaskManagers");
            case UNIMPLEMENTED ->
                Problem.of(RpcError.VERSION_MISMATCH, address + " is no JobManager of this version")
                        .because(why)
                        .fix("Check the address and the versions");
            default ->
                Problem.of(RpcError.OUTCOME_UNKNOWN, "The call to " + address + " failed")
                        .because(why)
                        .fix("Look at the JobManager's log; repeating the request is harmless");
        };
    }

    private static String describe(Status status) {
        if (status.getCause() instanceof ConnectException refused) {
            return "Nothing listens there: " + refused.getMessage();
        }
        StringBuilder text = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            text.append(": ").append(status.getDescription());
        }
        Throwable cause = status.getCause();
        if (cause != null && cause.getMessage() != null) {
            text.append(" (").append(cause.getMessage()).append(')');
        }
        return text.toString();
    }
}
