package io.millrace.common.checkpoint.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes TCP connections on to a server, and does to the answers of PUTs and their bytes what networks do. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final ExecutorService pumps = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersToCut = new AtomicInteger();
    private final AtomicInteger answersCut = new AtomicInteger();
    private final AtomicInteger bytesToFlip = new AtomicInteger();
    private final AtomicBoolean goneAfterCut = new AtomicBoolean();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final CountDownLatch acceptsNoMore = new CountDownLatch(1);

    Relay(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        pumps.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Lets the next {@code count} PUTs reach the server whole and closes their connections before the answer. */
    void cutAnswers(int count) {
        answersToCut.set(count);
    }

    /** As {@link #cutAnswers} for one; then nothing is passed on any more. */
    void cutOneAnswerAndGo() {
        goneAfterCut.set(true);
        answersToCut.set(1);
    }

    /** Flips a bit in the last byte of the content of the next {@code count} PUTs, which is the letter {@code ~}. */
    void flipBits(int count) {
        bytesToFlip.set(count);
    }

    int answersCut() {
        return answersCut.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (gone.get()) {
                    client.close();
                    return;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                AtomicBoolean putting = new AtomicBoolean();
                pumps.execute(() -> pump(client, server, putting, true));
                pumps.execute(() -> pump(server, client, putting, false));
            }
        } catch (IOException e) {
            // Closed.
        } finally {
            acceptsNoMore.countDown();
        }
    }

    private void pump(Socket from, Socket to, AtomicBoolean putting, boolean requests) {
        try (from;
                to) {
            byte[] bytes = new byte[1 << 16];
            int read;
            while ((read = from.getInputStream().read(bytes)) > 0) {
                String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
                if (requests) {
                    inspectRequest(text, bytes, putting);
                } else if (putting.get() && beginsAnswer(text) && cuts()) {
                    return;
                }
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            // One end has closed, which closes the other.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void inspectRequest(String text, byte[] bytes, AtomicBoolean putting) {
        if (text.matches("(?s)[A-Z]+ /.*")) {
            putting.set(text.startsWith("PUT "));
        }
        int flipped = putting.get() ? text.indexOf('~') : -1;
        if (flipped >= 0 && bytesToFlip.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            bytes[flipped] ^= 1;
        }
    }

    /** Neither the rest of an answer before nor the leave to go on. */
    private static boolean beginsAnswer(String text) {
        return text.startsWith("HTTP/1.1 ") && !text.startsWith("HTTP/1.1 100");
    }

    private boolean cuts() throws IOException {
        if (answersToCut.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return false;
        }
        answersCut.incrementAndGet();
        if (goneAfterCut.get()) {
            disconnect();
        }
        return true;
    }

    /** Passes nothing on any more and refuses new connections. */
    void disconnect() throws IOException {
        gone.set(true);
        listener.close();
        try {
            // A listener that is closed while it accepts may take one more connection.
            if (!acceptsNoMore.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The listener does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() {
        try {
            disconnect();
            pumps.shutdown();
            if (!pumps.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A pump does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
