package io.millrace.taskmanager.network.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A TCP relay whose connections a test resets, losing what is on its way in both directions. */
final class BreakableProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final int target;
    private final ServerSocket server;
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean refusing;
    private boolean silent;

    /** @param target the port on loopback that it relays to */
    BreakableProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Resets all connections; new ones are relayed. */
    synchronized void breakConnections() {
        for (Socket socket : sockets) {
            reset(socket);
        }
        sockets.clear();
    }

    /** Whether new connections are closed at once. */
    synchronized void refuse(boolean newOnes) {
        refusing = newOnes;
    }

    /** From now on, bytes are swallowed and connections stay open: a network that went away silently. */
    synchronized void fallSilent() {
        silent = true;
    }

    private synchronized boolean isSilent() {
        return silent;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                relay(server.accept());
            } catch (IOException closed) {
                // The server is closed, or the target did not answer: the next round tells.
            }
        }
    }

    private synchronized void relay(Socket from) throws IOException {
        if (refusing) {
            reset(from);
            return;
        }
        silent = false;
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        sockets.add(from);
        sockets.add(to);
        start(() -> pump(from, to));
        start(() -> pump(to, from));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!isSilent()) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException reset) {
            // The other direction ends too, because both sockets are closed together.
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // It was closed by its pump.
        }
    }

    private synchronized void start(Runnable action) {
        Thread thread = new Thread(action, "proxy-" + target);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breakConnections();
        List<Thread> started;
        synchronized (this) {
            started = List.copyOf(threads);
        }
        for (Thread thread : started) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
