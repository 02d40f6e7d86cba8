package io.millrace.taskmanager.state.suite;

import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.SnapshotOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what snapshots gave, so that they can be restored from; in place of files. */
public final class StoredSnapshots {
    private final Map<Long, List<RestoredPart>> given = new HashMap<>();

    /** A snapshot that is written, as a restore would be given it. */
    public RestoredState take(KeyedStateBackend<?> backend, long checkpoint) {
        List<RestoredPart> own = new ArrayList<>();
        List<RestoredPart> all = new ArrayList<>();
        given.put(checkpoint, own);
        backend.endSnapshot(new SnapshotOutput() {
            @Override
            public int add(PartKind kind, String state, KeyGroups groups, long entries, List<ByteBuffer> blocks) {
                RestoredPart part = new RestoredPart(kind, state, groups.from(), groups.to(), entries, blocks);
                own.add(part);
                all.add(part);
                return own.size() - 1;
            }

            @Override
            public void keep(long earlier, int part) {
                all.add(given.get(earlier).get(part));
            }
        });
        return new RestoredState(all, backend.schemas());
    }

    /** Entries that were written for a checkpoint. */
    public long written(long checkpoint) {
        return given.get(checkpoint).stream().mapToLong(RestoredPart::entries).sum();
    }

    public int parts(long checkpoint) {
        return given.get(checkpoint).size();
    }

    /** What was written for a checkpoint, in bytes. */
    public long bytes(long checkpoint) {
        return given.get(checkpoint).stream()
                .flatMap(part -> part.blocks().stream())
                .mapToLong(ByteBuffer::remaining)
                .sum();
    }
}
