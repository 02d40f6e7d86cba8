package io.millrace.taskmanager.network.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * What the machine's loopback costs by itself: one thread copies payloads from the heap into direct buffers and writes
 * them, eight at a time; another reads them and copies them back to the heap.
 */
final class LoopbackFloor {
    private static final int BATCH = 8;
    private static final int READ_BYTES = 256 * 1024;
    private static final int HEAP_BUFFERS = 64;

    private LoopbackFloor() {}

    /** @return frames moved */
    static long run(int frameBytes, int seconds) throws InterruptedException {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel from = SocketChannel.open(server.getLocalAddress());
                SocketChannel to = server.accept()) {
            Thread writer = new Thread(() -> write(from, frameBytes, seconds), "floor-writer");
            writer.start();
            long bytes = read(to, frameBytes);
            writer.join();
            return bytes / frameBytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(SocketChannel to, int frameBytes, int seconds) {
        byte[] heap = new byte[frameBytes];
        ByteBuffer[] batch = new ByteBuffer[BATCH];
        for (int i = 0; i < BATCH; i++) {
            batch[i] = ByteBuffer.allocateDirect(frameBytes);
        }
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try {
            while (System.nanoTime() < end) {
                for (ByteBuffer buffer : batch) {
                    buffer.clear();
                    buffer.put(heap);
                    buffer.flip();
                }
                while (batch[BATCH - 1].hasRemaining()) {
                    to.write(batch);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(SocketChannel from, int frameBytes) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(READ_BYTES);
        byte[][] heap = new byte[HEAP_BUFFERS][frameBytes];
        long total = 0;
        int next = 0;
        for (int count = from.read(direct); count >= 0; count = from.read(direct)) {
            total += count;
            direct.flip();
            while (direct.hasRemaining()) {
                byte[] target = heap[next++ % HEAP_BUFFERS];
                direct.get(target, 0, Math.min(target.length, direct.remaining()));
            }
            direct.clear();
        }
        return total;
    }
}
