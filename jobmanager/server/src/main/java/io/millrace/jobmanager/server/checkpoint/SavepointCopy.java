package io.millrace.jobmanager.server.checkpoint;

import io.millrace.common.checkpoint.format.PartReader;
import io.millrace.common.checkpoint.format.SegmentReader;
import io.millrace.common.checkpoint.format.SegmentWriter;
import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a savepoint's file of parts of others. Every block is checked when it is read, and gets the checksum of its new
 * place.
 *
 * @param from where the parts lie
 */
record SavepointCopy(CheckpointStorage from, JobId job, long savepoint) {

    /** @throws io.millrace.common.core.error.MillraceException if a part is damaged, gone, or cannot be read */
    Content contentOf(FileCopy copy) {
        SegmentWriter writer = new SegmentWriter(job, savepoint, copy.file().nonce());
        for (FileCopy.Part part : copy.parts()) {
            writer.add(blocksOf(part));
        }
        Check.invariant(writer.length() == copy.file().length(), "a copy has another length: " + copy.file());
        return writer.finish();
    }

    private List<ByteBuffer> blocksOf(FileCopy.Part part) {
        List<ByteBuffer> blocks = new ArrayList<>();
        ObjectName name = new ObjectName(part.from().name());
        try (PartReader reader =
                SegmentReader.open(from, name, part.from(), job).read(part.part())) {
            @Nullable ByteBuffer block = reader.next();
            while (block != null) {
                blocks.add(block);
                block = reader.next();
            }
        }
        return blocks;
    }
}
