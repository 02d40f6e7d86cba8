package io.millrace.common.checkpoint.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Gives the answers it was told for each method, in order, the last one for ever. Stores nothing. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile Action before = () -> {};
    private final Deque<Headers> puts = new ConcurrentLinkedDeque<>();

    /** @param error the code in the body of a failure; empty for none */
    record Answer(int status, String error) {}

    /** What happens before a request is answered. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    ScriptedServer on(String method, Answer... inOrder) {
        answers.put(method, new ArrayDeque<>(List.of(inOrder)));
        return this;
    }

    ScriptedServer beforeAnswers(Action action) {
        before = action;
        return this;
    }

    /** The methods asked for since the last call. */
    List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    Headers lastPut() {
        return puts.getLast();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod());
            if (exchange.getRequestMethod().equals("PUT")) {
                puts.add(exchange.getRequestHeaders());
            }
            before.run();
            Deque<Answer> script = answers.get(exchange.getRequestMethod());
            Answer answer = script.size() > 1 ? script.remove() : script.element();
            byte[] body = answer.error.isEmpty()
                    ? new byte[0]
                    : ("<Error><Code>" + answer.error + "</Code><Message>as told</Message></Error>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
