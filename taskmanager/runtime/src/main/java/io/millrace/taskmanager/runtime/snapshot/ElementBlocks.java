package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Elements of operator state in blocks: each its length and its bytes, so that they can be dealt out by those who do
 * not know their type.
 */
public final class ElementBlocks {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final BinaryWriter element = new BinaryWriter(64);
    private BinaryWriter open = new BinaryWriter(256);
    private long entries;

    /**
     * Appends an element.
     *
     * @param content writes it; at least one byte
     */
    public void add(Consumer<BinaryWriter> content) {
        element.setPosition(0);
        content.accept(element);
        add(element.bytes(), 0, element.position());
    }

    /** Appends an element as it was read. */
    public void add(ByteBuffer bytes) {
        add(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    private void add(byte[] source, int offset, int length) {
        open.writeVarInt(length);
        open.write(source, offset, length);
        entries++;
        if (open.position() >= BLOCK_BYTES) {
            close();
        }
    }

    public long entries() {
        return entries;
    }

    /** All blocks; none if there was no element. Nothing may be added afterwards. */
    public List<ByteBuffer> finish() {
        if (open.position() > 0) {
            close();
        }
        return List.copyOf(blocks);
    }

    private void close() {
        blocks.add(ByteBuffer.wrap(open.bytes(), 0, open.position()));
        open = new BinaryWriter(BLOCK_BYTES + 256);
    }

    /**
     * The elements of a block, which they share.
     *
     * @throws IndexOutOfBoundsException if it is not one
     */
    static List<ByteBuffer> split(ByteBuffer block) {
        List<ByteBuffer> elements = new ArrayList<>();
        BinaryReader in = new BinaryReader();
        in.reset(block.array(), block.arrayOffset() + block.position(), block.remaining());
        while (in.remaining() > 0) {
            int length = in.readCount();
            elements.add(ByteBuffer.wrap(block.array(), in.position(), length));
            in.setPosition(in.position() + length);
        }
        return elements;
    }
}
