package io.millrace.common.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A process's HTTP server for machines: {@code /metrics} in Prometheus' text format, {@code /live} and {@code /ready}
 * for probes. It only reads; one thread of its own serves all requests.
 */
public final class MetricsServer implements AutoCloseable {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; charset=utf-8";

    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param address where to listen; port 0 takes a free one
     * @param metrics made when first asked for
     * @param ready whether the process can do its work
     * @throws io.millrace.common.core.error.MillraceException {@code HTTP_PORT_IN_USE}
     */
    public static MetricsServer start(InetSocketAddress address, Supplier<String> metrics, BooleanSupplier ready) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/metrics", exchange -> answer(exchange, 200, METRICS_TYPE, metrics.get()));
            server.createContext("/live", exchange -> answer(exchange, 200, TEXT_TYPE, "live\n"));
            server.createContext("/ready", exchange -> {
                boolean isReady = ready.getAsBoolean();
                answer(exchange, isReady ? 200 : 503, TEXT_TYPE, isReady ? "ready\n" : "not ready\n");
            });
            server.start();
            return new MetricsServer(server);
        } catch (BindException e) {
            throw Problem.of(MetricsErrors.HTTP_PORT_IN_USE, "Cannot serve metrics on " + address)
                    .because(String.valueOf(e.getMessage()))
                    .fix("Stop the process that has the port, or choose another http-port (0 takes a free one)")
                    .asException(e);
        } catch (IOException e) {
            throw Problem.of(MetricsErrors.HTTP_PORT_IN_USE, "Cannot serve metrics on " + address)
                    .because(e.toString())
                    .fix("Check the address")
                    .asException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
