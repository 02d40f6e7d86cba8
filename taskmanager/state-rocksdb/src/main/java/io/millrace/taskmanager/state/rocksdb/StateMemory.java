package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.concurrent.Shared;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all databases of a process share: half of what the budget has for blocks and write buffers in native
 * memory, half for cached objects on the heap, of which each operator has an equal share. Any thread.
 */
final class StateMemory implements AutoCloseable {
    private static final long LEAST_OBJECT_BYTES = 64 * 1024;

    private final Shared<Integer> openHandles = new Shared<>(0);
    private final Shared<Integer> caches = new Shared<>(0);
    private final NativeHandles handles = new NativeHandles(openHandles);
    private final long objectBytes;
    private final long writeBufferBytes;
    private final LRUCache blocks;
    private final WriteBufferManager writeBuffers;

    /** The native library is loaded before. */
    StateMemory(long bytes) {
        this.objectBytes = bytes / 2;
        long nativeBytes = bytes - objectBytes;
        this.writeBufferBytes = nativeBytes / 2;
        this.blocks = handles.own(new LRUCache(nativeBytes));
        this.writeBuffers = handles.own(new WriteBufferManager(writeBufferBytes, blocks));
    }

    LRUCache blocks() {
        return blocks;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** The most that the write buffers of all databases take. */
    long writeBufferBytes() {
        return writeBufferBytes;
    }

    NativeHandles newHandles() {
        return new NativeHandles(openHandles);
    }

    /** Native objects that are open, those of this memory included. */
    int openHandles() {
        return openHandles.read();
    }

    void cacheOpened() {
        caches.change(before -> before + 1);
    }

    void cacheClosed() {
        caches.change(before -> before - 1);
    }

    /** How many bytes of objects one cache may hold, as many as there are now. */
    long cacheBytes() {
        return Math.max(LEAST_OBJECT_BYTES, objectBytes / Math.max(1, caches.read()));
    }

    @Override
    public void close() {
        handles.close();
    }
}
