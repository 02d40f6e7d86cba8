package io.millrace.taskmanager.state.entries;

import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.SnapshotOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A state that a snapshot had and that no function has asked for since: handed on as it is. */
public final class UntakenState implements Snapshotted {
    private static final long NONE = 0;

    private final KeyGroups groups;
    private final List<RestoredPart> parts = new ArrayList<>();
    /** By checkpoint the indexes of the parts that it was given. */
    private final Map<Long, List<Integer>> given = new HashMap<>();

    private long known = NONE;
    private long current;
    private boolean shared;

    public UntakenState(KeyGroups groups) {
        this.groups = groups;
    }

    public void add(RestoredPart part) {
        KeyGroups common = groups.and(part.fromGroup(), part.toGroup());
        if (common.from() < common.to() && !part.blocks().isEmpty()) {
            parts.add(part);
        }
    }

    public List<RestoredPart> parts() {
        return parts;
    }

    @Override
    public void begin(long checkpoint, boolean isShared) {
        current = checkpoint;
        shared = isShared;
    }

    @Override
    public long write(long bytes) {
        return bytes;
    }

    @Override
    public void end(SnapshotOutput out) {
        if (shared && known != NONE) {
            given.getOrDefault(known, List.of()).forEach(part -> out.keep(known, part));
            return;
        }
        List<Integer> indexes = new ArrayList<>();
        for (RestoredPart part : parts) {
            PartKind kind = indexes.isEmpty() ? PartKind.KEYED_BASE : PartKind.KEYED_DELTA;
            KeyGroups common = groups.and(part.fromGroup(), part.toGroup());
            indexes.add(out.add(kind, part.state(), common, part.entries(), part.blocks()));
        }
        if (shared) {
            given.put(current, indexes);
        }
    }

    @Override
    public void completed(long checkpoint) {
        if (known == NONE && given.containsKey(checkpoint)) {
            known = checkpoint;
            given.keySet().removeIf(other -> other != checkpoint);
        }
    }

    @Override
    public void aborted(long checkpoint) {
        if (checkpoint != known) {
            given.remove(checkpoint);
        }
    }
}
