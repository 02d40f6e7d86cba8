package io.millrace.client.cli.local;

import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of this machine. What they say holds for the moment of asking only. */
final class Ports {
    private static final int CONNECT_TIMEOUT_MS = 200;

    private Ports() {}

    /** A port that is free now. */
    static int free(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find a free port of " + host, e);
        }
    }

    /**
     * Asked before anything is started: else the new TaskManagers would register with whoever holds the port.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code PORT_IN_USE}; other reasons not to bind are left
     *     to the server, which names them better
     */
    static void requireFree(RpcAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address.host(), address.port()));
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                throw Problem.of(RpcError.PORT_IN_USE, "Port " + address.port() + " of " + address.host() + " is taken")
                        .because(String.valueOf(e.getMessage()))
                        .fix("If it is a Millrace cluster, 'millrace cluster status' shows it; otherwise stop the"
                                + " process that holds the port, or choose another with -D jobmanager.port=PORT")
                        .asException(e);
            }
        } catch (IOException | IllegalArgumentException e) {
            // The server meets the same obstacle and names it.
            return;
        }
    }

    /** Whether something accepts connections at the address: far cheaper than a first gRPC call. */
    static boolean accepts(RpcAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_TIMEOUT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
