package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lays out the files into which a savepoint copies what lies in files of checkpoints: it shares none, so that it can be
 * kept and moved by itself. Where every part will be is known before a byte is read. Used once.
 */
final class SavepointCopies {
    /** A file is closed when it has grown beyond this: whoever writes it has it in memory. */
    static final long FILE_BYTES = 32L << 20;

    private final long savepoint;
    private final LongSupplier nonces;
    private final List<FileCopy> files = new ArrayList<>();
    private final List<FileCopy.Part> open = new ArrayList<>();
    private final List<Placed> waiting = new ArrayList<>();

    private long length = SegmentFile.HEADER_BYTES;

    /** Takes the part where it will be. */
    interface Target {
        void put(StatePart part, SegmentFile file);
    }

    private record Placed(StatePart part, long offset, Target target) {}

    SavepointCopies(long savepoint, LongSupplier nonces) {
        this.savepoint = savepoint;
        this.nonces = nonces;
    }

    /** @param target told when the file that the part goes to is known, {@link #finish} at the latest */
    void add(SegmentFile from, StatePart part, Target target) {
        open.add(new FileCopy.Part(from, part));
        waiting.add(new Placed(part, length, target));
        length += part.length();
        if (length > FILE_BYTES) {
            close();
        }
    }

    /** All files. */
    List<FileCopy> finish() {
        if (!open.isEmpty()) {
            close();
        }
        return List.copyOf(files);
    }

    private void close() {
        SegmentFile file =
                new SegmentFile(CheckpointFileName.copy(savepoint, files.size()), length, nonces.getAsLong());
        files.add(new FileCopy(file, open));
        for (Placed placed : waiting) {
            StatePart part = placed.part();
            StatePart moved = new StatePart(
                    part.kind(),
                    part.state(),
                    part.fromGroup(),
                    part.toGroup(),
                    0,
                    placed.offset(),
                    part.length(),
                    part.entries());
            placed.target().put(moved, file);
        }
        open.clear();
        waiting.clear();
        length = SegmentFile.HEADER_BYTES;
    }
}
