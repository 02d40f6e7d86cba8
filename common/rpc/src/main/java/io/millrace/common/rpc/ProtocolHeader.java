package io.millrace.common.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.millrace.common.graph.gateway.FromTaskManager;

/**
 * Every call names the version of the control protocol that its sender speaks; a server refuses any other than its own.
 */
final class ProtocolHeader implements ClientInterceptor, ServerInterceptor {
    static final Metadata.Key<String> KEY = Metadata.Key.of("millrace-protocol", Metadata.ASCII_STRING_MARSHALLER);

    private static final String VERSION = Integer.toString(FromTaskManager.PROTOCOL_VERSION);

    @Override
    public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(
            MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<RespT> listener, Metadata headers) {
                headers.put(KEY, VERSION);
                super.start(listener, headers);
            }
        };
    }

    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        String found = headers.get(KEY);
        if (VERSION.equals(found)) {
            return next.startCall(call, headers);
        }
        Status refusal = Status.FAILED_PRECONDITION.withDescription("The caller speaks control protocol "
                + (found == null ? "of no version" : found) + ", this process " + VERSION);
        call.close(refusal, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
