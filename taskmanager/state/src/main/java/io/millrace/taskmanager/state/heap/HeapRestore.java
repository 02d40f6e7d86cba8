package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryReader;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.StateErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each state what a snapshot has of it when the state is asked for the first time. What is never asked for stays,
 * and is written into later snapshots as it was read.
 */
final class HeapRestore<K> {
    private final HeapKeyTable<K> table;
    private final KeyGroups groups;
    private final List<StateSchema> schemas;
    private final Map<String, UntakenState> untaken = new LinkedHashMap<>();
    private final Map<String, List<RestoredPart>> timers = new HashMap<>();

    HeapRestore(HeapKeyTable<K> table, KeyGroups groups, RestoredState restored) {
        this.table = table;
        this.groups = groups;
        this.schemas = restored.schemas();
        for (RestoredPart part : restored.parts()) {
            if (part.kind() == PartKind.TIMERS) {
                timers.computeIfAbsent(part.state(), name -> new ArrayList<>()).add(part);
            } else {
                untaken.computeIfAbsent(part.state(), name -> new UntakenState(groups))
                        .add(part);
            }
        }
    }

    /** States that nobody has asked for. */
    Iterable<UntakenState> untaken() {
        return untaken.values();
    }

    /** Their schemas. */
    List<StateSchema> untakenSchemas() {
        return schemas.stream()
                .filter(schema -> untaken.containsKey(schema.state()))
                .toList();
    }

    /** @throws MillraceException if the snapshot's states are by keys of another type */
    void checkKeys(StateDescription keys) {
        written("", keys);
    }

    /**
     * How the snapshot has a state; as it is now if it has none.
     *
     * @throws MillraceException {@code STATE_INCOMPATIBLE} if it cannot be read as it is now
     */
    StateDescription written(String name, StateDescription now) {
        return SchemaChange.bridge(schemas, name, name, now);
    }

    void takeTimers(String name, TrackedState queue) {
        List<RestoredPart> parts = timers.remove(name);
        if (parts != null) {
            load(name, parts, queue);
        }
    }

    /** Fills a state with what the snapshot has of it. */
    void take(String name, TrackedState state) {
        UntakenState found = untaken.remove(name);
        if (found != null) {
            load(name, found.parts(), state);
        }
    }

    private void load(String name, List<RestoredPart> parts, TrackedState state) {
        BinaryReader in = new BinaryReader();
        for (RestoredPart part : parts) {
            KeyGroups common = groups.and(part.fromGroup(), part.toGroup());
            for (ByteBuffer block : part.blocks()) {
                try {
                    in.reset(block.array(), block.arrayOffset() + block.position(), block.remaining());
                    load(in, common, state);
                } catch (MillraceException e) {
                    throw e;
                } catch (RuntimeException e) {
                    throw Problem.of(StateErrors.STATE_NOT_READABLE, "State '" + name + "' cannot be read")
                            .because(e.toString())
                            .fix("Check that the job's classes are those that wrote the snapshot")
                            .asException(e);
                }
            }
        }
        table.leaveCurrentKey();
    }

    private void load(BinaryReader in, KeyGroups common, TrackedState state) {
        BlockHeader header = BlockHeader.read(in);
        while (in.remaining() > 0) {
            table.setCurrentKey(table.readKey(in));
            state.restoreEntry(header, in, common.holdHash(table.currentHash()));
        }
    }
}
