package io.millrace.common.checkpoint.format;

import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the parts of many subtasks into one file. Belongs to one thread. The bytes of the parts are not copied and must
 * not change afterwards.
 */
public final class SegmentWriter {
    private final long nonce;
    private final List<ByteBuffer> pieces = new ArrayList<>();

    private long length;
    private boolean finished;

    /**
     * @param checkpoint the first that needs the file
     * @param nonce tells the file from all others: drawn at random
     */
    public SegmentWriter(JobId job, long checkpoint, long nonce) {
        this.nonce = nonce;
        append(new FileHeader(FileKind.SEGMENT, nonce, job, checkpoint).encoded());
    }

    /**
     * Appends a part.
     *
     * @param blocks each is checked as a whole when it is read, and read as a whole; none is empty
     * @return where the part begins; it ends at {@link #length()}
     */
    public long add(List<ByteBuffer> blocks) {
        Check.invariant(!finished, "a part after the end of a segment file");
        long offset = length;
        for (ByteBuffer block : blocks) {
            Check.argument(block.hasRemaining(), "A block is not empty");
            append(BlockFormat.header(nonce, length, block));
            append(block);
        }
        return offset;
    }

    /** Of the file so far, in bytes. */
    public long length() {
        return length;
    }

    public long nonce() {
        return nonce;
    }

    /** The whole file. Nothing may be added afterwards. */
    public Content finish() {
        finished = true;
        return new Content(pieces);
    }

    private void append(ByteBuffer bytes) {
        pieces.add(bytes);
        length += bytes.remaining();
    }
}
