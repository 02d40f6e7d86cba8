package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one database in a snapshot.
 *
 * @param written what is in them
 * @param files by name
 */
record FileSet(Catalog.Written written, Map<String, RestoredPart> files, KeyGroups groups) {

    /** Those of all subtasks that the snapshot has; each ends with its catalog. */
    static List<FileSet> of(RestoredState restored, int maxParallelism) {
        List<FileSet> sets = new ArrayList<>();
        Map<String, RestoredPart> files = new HashMap<>();
        for (RestoredPart part : restored.parts()) {
            if (part.kind() == PartKind.NATIVE && part.state().isEmpty()) {
                KeyGroups groups = new KeyGroups(part.fromGroup(), part.toGroup(), maxParallelism);
                sets.add(new FileSet(catalog(part), files, groups));
                files = new HashMap<>();
            } else if (part.kind() == PartKind.NATIVE) {
                files.put(part.state(), part);
            }
        }
        return sets;
    }

    private static Catalog.Written catalog(RestoredPart part) {
        try {
            return Catalog.decode(part.blocks().get(0));
        } catch (IndexOutOfBoundsException e) {
            throw Problem.of(RocksErrors.STATE_FILES_UNREADABLE, "The catalog of a database cannot be read")
                    .because(e.toString())
                    .fix("Restore with the version that wrote the checkpoint, or from another checkpoint")
                    .asException(e);
        }
    }

    /** Puts the files into a directory, as a database expects them. */
    void copyTo(Path directory) {
        written.fileNames().forEach((name, length) -> {
            RestoredPart part = files.get(name);
            long found = part == null
                    ? -1
                    : part.blocks().stream().mapToLong(ByteBuffer::remaining).sum();
            if (part == null || found != length) {
                throw Problem.of(RocksErrors.STATE_FILES_UNREADABLE, "A file of a database is not whole: " + name)
                        .because("It has " + found + " bytes of " + length)
                        .fix("Restore from another checkpoint")
                        .asException();
            }
            copy(part, directory, name);
        });
    }

    private static void copy(RestoredPart part, Path directory, String name) {
        Path file = directory.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            for (ByteBuffer block : part.blocks()) {
                ByteBuffer rest = block.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
    }
}
