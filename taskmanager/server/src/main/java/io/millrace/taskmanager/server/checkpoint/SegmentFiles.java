package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.format.SegmentWriter;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.checkpoint.storage.StorageErrors;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.SegmentFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Makes segment files of parts and stores them: one file per checkpoint, more only where it would grow past its limit.
 * For workers: a call blocks as long as the storage takes.
 */
public final class SegmentFiles {
    /** Below what any storage takes at once, and little enough to be worth sending again. */
    public static final long DEFAULT_LIMIT_BYTES = 1L << 30;

    private static final int MOST_TRIES = 3;
    /** Before the second try, and twice as long before the third: a storage that has trouble needs a moment. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Incarnation writer;
    private final long limitBytes;
    private final LongSupplier nonces;
    private final LongConsumer pause;

    /**
     * @param writer this process
     * @param limitBytes beyond about this a file takes no further part
     * @param nonces random numbers; called by any thread
     * @param pause lets the calling worker wait for so many nanoseconds
     */
    public SegmentFiles(Incarnation writer, long limitBytes, LongSupplier nonces, LongConsumer pause) {
        this.writer = writer;
        this.limitBytes = limitBytes;
        this.nonces = nonces;
        this.pause = pause;
    }

    /** Stores the parts, or says why it cannot: then some of the files may be there. */
    public Outcome<WrittenParts> write(CheckpointStorage storage, SegmentRequest request) {
        Check.argument(!request.parts().isEmpty(), "A segment file has a part");
        List<SegmentFile> files = new ArrayList<>();
        List<WrittenParts.Place> places = new ArrayList<>();
        try {
            int next = 0;
            while (next < request.parts().size()) {
                SegmentWriter segment =
                        new SegmentWriter(request.run().job(), request.checkpoint(), nonces.getAsLong());
                next = fill(segment, request.parts(), next, files.size(), places);
                String name = CheckpointFileName.segment(request.checkpoint(), writer, files.size());
                long length = segment.length();
                put(storage, new ObjectName(name), segment.finish());
                files.add(new SegmentFile(name, length, segment.nonce()));
            }
        } catch (MillraceException e) {
            return Outcome.failure(e.problem());
        }
        return Outcome.success(new WrittenParts(files, places));
    }

    /** @return the first part that has no room in this file */
    private int fill(
            SegmentWriter segment, List<List<ByteBuffer>> parts, int first, int file, List<WrittenParts.Place> places) {
        int next = first;
        do {
            long offset = segment.add(parts.get(next));
            places.add(new WrittenParts.Place(file, offset, segment.length() - offset));
            next++;
        } while (next < parts.size() && segment.length() + bytes(parts.get(next)) <= limitBytes);
        return next;
    }

    private static long bytes(List<ByteBuffer> part) {
        return part.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** Putting the same content again is how an unknown outcome is resolved: the storage reads back what is there. */
    private void put(CheckpointStorage storage, ObjectName name, Content content) {
        for (int tries = 1; ; tries++) {
            try {
                if (storage.put(name, content) == PutOutcome.TAKEN) {
                    throw taken(storage, name);
                }
                return;
            } catch (MillraceException e) {
                boolean unknown = e.code().equals(StorageErrors.STORAGE_OUTCOME_UNKNOWN.name());
                if (!unknown || tries == MOST_TRIES) {
                    throw e;
                }
                pause.accept(FIRST_PAUSE_NANOS << (tries - 1));
            }
        }
    }

    private static MillraceException taken(CheckpointStorage storage, ObjectName name) {
        return Problem.of(SnapshotErrors.CHECKPOINT_NAME_TAKEN, "There is another file called " + name)
                .at(storage.location())
                .because("Names of checkpoint files are used once: somebody else writes there")
                .fix("Give each cluster its own directory for checkpoints")
                .asException();
    }
}
