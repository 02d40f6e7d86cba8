package io.millrace.common.checkpoint.format;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.StoredObject;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads parts of one segment file. Has checked that the file is whole and the one that is meant. */
public final class SegmentReader {
    private final CheckpointStorage storage;
    private final ObjectName object;
    private final SegmentFile file;

    private SegmentReader(CheckpointStorage storage, ObjectName object, SegmentFile file) {
        this.storage = storage;
        this.object = object;
        this.file = file;
    }

    /**
     * @param object the file's place in the storage
     * @param file as the manifest has it
     * @param job whose manifest it is
     * @throws io.millrace.common.core.error.MillraceException with a code of {@link FormatErrors} if it is not that
     *     file or not whole
     */
    public static SegmentReader open(CheckpointStorage storage, ObjectName object, SegmentFile file, JobId job) {
        Optional<StoredObject> stored = storage.find(object);
        if (stored.isEmpty()) {
            throw Damage.missing(object.text());
        }
        long length = stored.get().length();
        if (length < file.length()) {
            throw Damage.endsEarly(object.text(), length, file.length() - length);
        }
        if (length > file.length()) {
            throw Damage.at(object.text(), file.length(), "The file should end here; " + length + " bytes are there");
        }
        FileHeader header = FileHeader.decode(object.text(), FileKind.SEGMENT, firstBytes(storage, object));
        if (!header.job().equals(job)) {
            throw Damage.foreign(object.text(), "It belongs to job " + header.job() + ", the manifest to job " + job);
        }
        if (header.nonce() != file.nonce()) {
            throw Damage.foreign(object.text(), "It was written under this name by somebody else");
        }
        return new SegmentReader(storage, object, file);
    }

    /**
     * Reads every block of the file, whether a part names it or not.
     *
     * @throws io.millrace.common.core.error.MillraceException at the first one that is not what was written
     */
    public void check() {
        long length = file.length() - FileHeader.BYTES;
        StatePart whole = new StatePart(PartKind.IN_FLIGHT, "", 0, 0, 0, FileHeader.BYTES, length, 0);
        try (PartReader reader = read(whole)) {
            @Nullable ByteBuffer block = reader.next();
            while (block != null) {
                block = reader.next();
            }
        }
    }

    /** Begins to read a part. Its caller closes it. */
    public PartReader read(StatePart part) {
        Check.argument(
                part.offset() >= FileHeader.BYTES && part.end() <= file.length(), "The part lies outside of its file");
        return new PartReader(object.text(), file.nonce(), storage.open(object, part.offset(), part.length()), part);
    }

    private static ByteBuffer firstBytes(CheckpointStorage storage, ObjectName object) {
        try (InputStream in = storage.open(object, 0, FileHeader.BYTES)) {
            return ByteBuffer.wrap(in.readNBytes(FileHeader.BYTES));
        } catch (IOException e) {
            throw PartReader.unreadable(object.text(), 0, e);
        }
    }
}
