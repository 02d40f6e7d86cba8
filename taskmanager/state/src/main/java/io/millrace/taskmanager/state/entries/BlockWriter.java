package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.BinaryWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries in blocks, each of whole entries and begun with the same header. A block that is full is not touched again.
 */
public final class BlockWriter {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int SLACK_BYTES = 4 * 1024;
    private static final BinaryWriter CLOSED = new BinaryWriter(0);

    private final BlockHeader header;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private BinaryWriter open = CLOSED;
    private long entries;
    private long closedBytes;

    public BlockWriter(BlockHeader header) {
        this.header = header;
    }

    /** Where the next entry is to be appended; {@link #entryWritten} follows. */
    public BinaryWriter next() {
        if (open == CLOSED) {
            open = new BinaryWriter(BLOCK_BYTES + SLACK_BYTES);
            header.write(open);
        }
        return open;
    }

    public void entryWritten() {
        entries++;
        if (open.position() >= BLOCK_BYTES) {
            close();
        }
    }

    public long entries() {
        return entries;
    }

    /** Written so far, in bytes. */
    public long bytes() {
        return closedBytes + open.position();
    }

    /** Blocks that were written before this one's. */
    public void putFirst(List<ByteBuffer> before, long count) {
        blocks.addAll(0, before);
        entries += count;
    }

    /** All blocks; none if there was no entry. Nothing may be written afterwards. */
    public List<ByteBuffer> finish() {
        if (open != CLOSED) {
            close();
        }
        return List.copyOf(blocks);
    }

    private void close() {
        closedBytes += open.position();
        blocks.add(ByteBuffer.wrap(open.bytes(), 0, open.position()));
        open = CLOSED;
    }
}
