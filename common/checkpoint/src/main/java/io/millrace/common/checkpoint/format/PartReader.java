package io.millrace.common.checkpoint.format;

import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.StatePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of one part, one after the other, each checked before it is handed out. Belongs to one thread. */
public final class PartReader implements AutoCloseable {
    private final String file;
    private final long nonce;
    private final InputStream in;
    private final long end;

    private long position;

    PartReader(String file, long nonce, InputStream in, StatePart part) {
        this.file = file;
        this.nonce = nonce;
        this.in = in;
        this.position = part.offset();
        this.end = part.end();
    }

    /**
     * The content of the next block; null after the last.
     *
     * @throws MillraceException with {@link FormatErrors#CHECKPOINT_DAMAGED} if it is not what was written, or with a
     *     code of {@link StorageErrors} if the storage fails
     */
    public @Nullable ByteBuffer next() {
        if (position == end) {
            return null;
        }
        ByteBuffer header = read(BlockFormat.HEADER_BYTES);
        int length = header.getInt();
        int checksum = header.getInt();
        BlockFormat.requireLength(file, position, length, end - position - BlockFormat.HEADER_BYTES);
        ByteBuffer content = read(length);
        BlockFormat.requireChecksum(file, nonce, position, checksum, content);
        position += BlockFormat.HEADER_BYTES + length;
        return content;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, position, e);
        }
    }

    private ByteBuffer read(int length) {
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw Damage.endsEarly(file, position, end - position);
            }
            return ByteBuffer.wrap(bytes);
        } catch (IOException e) {
            throw unreadable(file, position, e);
        }
    }

    static MillraceException unreadable(String file, long offset, IOException e) {
        return Problem.of(StorageErrors.STORAGE_FAILED, "Cannot read checkpoint file " + file)
                .at(file + ", byte " + offset)
                .because(e.toString())
                .fix("Check the storage; the call may be made again")
                .asException(e);
    }
}
