package io.millrace.client.connectors.socket;

import io.millrace.common.core.error.Problem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection and the thread that reads it. Lines wait in a bounded queue: when the stream does not keep up, the
 * thread stops reading and TCP holds the server back.
 */
final class SocketConnection {
    private static final int QUEUED_LINES = 4_096;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final long OFFER_MILLIS = 100;

    private final SocketSplit server;
    private final SocketSettings settings;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(QUEUED_LINES);
    private final AtomicReference<CompletableFuture<Void>> arrival = new AtomicReference<>(new CompletableFuture<>());
    private final AtomicReference<State> state = new AtomicReference<>(new State(false, null));
    private final AtomicReference<@Nullable Socket> socket = new AtomicReference<>();
    private final Thread thread;

    private record State(boolean ended, @Nullable IOException failure) {}

    private SocketConnection(SocketSplit server, SocketSettings settings) {
        this.server = server;
        this.settings = settings;
        this.thread = new Thread(this::run, "socket " + server.splitId());
        this.thread.setDaemon(true);
    }

    static SocketConnection open(SocketSplit server, SocketSettings settings) {
        SocketConnection connection = new SocketConnection(server, settings);
        connection.thread.start();
        return connection;
    }

    /** Completes with the next line, or the end, that comes after this call. */
    CompletableFuture<Void> nextArrival() {
        CompletableFuture<Void> current = arrival.get();
        if (current.isDone()) {
            CompletableFuture<Void> next = new CompletableFuture<>();
            arrival.set(next);
            return next;
        }
        return current;
    }

    @Nullable
    String poll() {
        return lines.poll();
    }

    /** Whether the thread will add no more lines; those that wait can still be polled. */
    boolean hasEnded() {
        return state.get().ended() && lines.isEmpty();
    }

    /** @throws io.millrace.common.core.error.MillraceException if the connection ended by a failure */
    void throwIfBroken() {
        IOException failure = state.get().failure();
        if (failure != null) {
            throw Problem.of(SocketErrors.SOCKET_UNREACHABLE, "Cannot read from " + server.splitId())
                    .because(failure.toString())
                    .fix("Start the server there first, for instance 'nc -lk " + server.port() + "'")
                    .asException(failure);
        }
    }

    void close() {
        thread.interrupt();
        Socket open = socket.getAndSet(null);
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // A socket that cannot be closed is gone already.
                state.set(new State(true, e));
            }
        }
    }

    private void run() {
        IOException failure = null;
        for (int attempt = 0; attempt <= settings.maxRetries(); attempt++) {
            try {
                readAll();
                failure = null;
                break;
            } catch (IOException e) {
                failure = e;
                if (attempt < settings.maxRetries() && !pause()) {
                    break;
                }
            } catch (InterruptedException e) {
                break;
            }
        }
        state.set(new State(true, failure));
        arrival.get().complete(null);
    }

    private boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(settings.retryDelayMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void readAll() throws IOException, InterruptedException {
        try (Socket connected = new Socket()) {
            socket.set(connected);
            connected.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_TIMEOUT_MILLIS);
            InputStream input = new BufferedInputStream(connected.getInputStream(), 64 * 1024);
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            for (int next = input.read(); next >= 0; next = input.read()) {
                if (next == '\n') {
                    add(line);
                } else if (line.size() <= settings.maxLineBytes()) {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                add(line);
            }
        } finally {
            socket.set(null);
        }
    }

    private void add(ByteArrayOutputStream bytes) throws InterruptedException {
        String line = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        while (!lines.offer(text, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
            arrival.get().complete(null);
        }
        arrival.get().complete(null);
    }
}
