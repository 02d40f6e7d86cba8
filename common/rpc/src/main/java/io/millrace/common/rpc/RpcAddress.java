package io.millrace.common.rpc;

import io.millrace.common.core.error.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Host and port of a control-plane endpoint.
 *
 * @param host name or address
 * @param port 0 lets a server choose
 */
public record RpcAddress(String host, int port) {

    public RpcAddress {
        if (host.isBlank() || port < 0 || port > 65_535) {
            throw Problem.of(RpcError.BAD_ADDRESS, "'" + host + ":" + port + "' is not an address")
                    .fix("Give host:port with a port from 1 to 65535")
                    .asException();
        }
    }

    /** Reads {@code host:port}; an IPv6 address stands in brackets. */
    public static RpcAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            String host = text.substring(0, Math.max(colon, 0));
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            return new RpcAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw Problem.of(RpcError.BAD_ADDRESS, "'" + text + "' is not an address")
                    .fix("Give host:port with a port from 1 to 65535")
                    .asException(e);
        }
    }

    /**
     * The socket address to bind to, refused beyond loopback unless insecurity was asked for.
     *
     * @param insecureAllowed whether the user asked by name to listen on other addresses without protection
     */
    public InetSocketAddress toBind(boolean insecureAllowed) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress() && !insecureAllowed) {
                throw Problem.of(RpcError.INSECURE_ADDRESS, "Refusing to listen on " + this)
                        .because("Whoever reaches this address could run code on the cluster")
                        .fix("Listen on 127.0.0.1, or allow it with security.insecure=true inside a trusted network")
                        .asException();
            }
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw Problem.of(RpcError.BAD_ADDRESS, "The host name '" + host + "' does not resolve")
                    .fix("Check the name, or give an IP address")
                    .asException(e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
