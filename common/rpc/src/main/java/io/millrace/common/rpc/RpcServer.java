package io.millrace.common.rpc;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC server of the control plane. Calls of guest services run on the network threads: they decode, post one mail
 * and leave. Calls of blocking services (files) run on the executor that is handed in.
 */
public final class RpcServer implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_SECONDS = 2;

    private final Server server;
    private final RpcAddress address;

    private RpcServer(Server server, RpcAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Binds and starts to serve.
     *
     * @param address where to listen; port 0 chooses a free one
     * @param insecureAllowed whether the user asked by name to listen beyond loopback
     * @param guests services that never block
     * @param blocking services that may block
     * @param blockingExecutor runs the calls of {@code blocking}; owned and closed by the caller
     * @throws MillraceException if the address cannot be bound
     */
    public static RpcServer start(
            RpcAddress address,
            boolean insecureAllowed,
            List<? extends BindableService> guests,
            List<? extends BindableService> blocking,
            Executor blockingExecutor) {
        List<String> blockingNames = blocking.stream()
                .map(service -> service.bindService().getServiceDescriptor().getName())
                .toList();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address.toBind(insecureAllowed))
                .maxInboundMessageSize(RpcLimits.MAX_REQUEST_BYTES)
                .maxInboundMetadataSize(RpcLimits.MAX_HEADER_BYTES)
                .maxConcurrentCallsPerConnection(RpcLimits.MAX_CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(RpcLimits.MAX_RESETS_PER_WINDOW, RpcLimits.RESET_WINDOW_SECONDS)
                .handshakeTimeout(RpcLimits.HANDSHAKE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveTime(RpcLimits.KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(RpcLimits.KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(RpcLimits.KEEP_ALIVE_SECONDS / 2, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(new ProtocolHeader())
                .directExecutor()
                .callExecutor(new ByService(blockingNames, blockingExecutor));
        guests.forEach(builder::addService);
        blocking.forEach(builder::addService);
        Server server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            throw bindFailure(address, e);
        }
        return new RpcServer(server, new RpcAddress(address.host(), server.getPort()));
    }

    /** Where it listens, with the port that was chosen. */
    public RpcAddress address() {
        return address;
    }

    /** Ends all calls and frees the port. Waits at most two seconds. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MillraceException bindFailure(RpcAddress address, IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        if (text.contains("in use")) {
            return Problem.of(RpcError.PORT_IN_USE, "Port " + address.port() + " of " + address.host() + " is taken")
                    .because(text)
                    .fix("Stop the process that holds it, or choose another port")
                    .asException(e);
        }
        return Problem.of(RpcError.BAD_ADDRESS, "Cannot listen on " + address)
                .because(text)
                .fix("Use an address of this machine and a port that this user may bind")
                .asException(e);
    }

    /** Chooses the thread by the service of the call: the network thread for guests. */
    private record ByService(List<String> blocking, Executor executor) implements ServerCallExecutorSupplier {
        @Override
        public <ReqT, RespT> Executor getExecutor(ServerCall<ReqT, RespT> call, Metadata metadata) {
            String service = call.getMethodDescriptor().getServiceName();
            return blocking.contains(service) ? executor : Runnable::run;
        }
    }
}
