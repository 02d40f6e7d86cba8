package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryReader;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.StateErrors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    private final Map<String, String> schemas = new HashMap<>();
    private final Map<String, UntakenState> untaken = new LinkedHashMap<>();
    private final Map<String, List<RestoredPart>> timers = new HashMap<>();

    HeapRestore(HeapKeyTable<K> table, KeyGroups groups, RestoredState restored) {
        this.table = table;
        this.groups = groups;
        for (StateSchema schema : restored.schemas()) {
            schemas.put(schema.state(), new String(schema.description().array(), StandardCharsets.UTF_8));
        }
        for (RestoredPart part : restored.parts()) {
            if (part.kind() == PartKind.TIMERS) {
                timers.computeIfAbsent(part.state(), name -> new ArrayList<>()).add(part);
            } else {
                untaken.computeIfAbsent(part.state(), name -> new UntakenState(groups))
                        .add(part);
            }
        }
    }

    /** How a description of a state is written into snapshots. */
    static StateSchema schema(String state, String description) {
        return new StateSchema(state, new OpaqueBytes(description.getBytes(StandardCharsets.UTF_8)));
    }

    /** States that nobody has asked for. */
    Iterable<UntakenState> untaken() {
        return untaken.values();
    }

    /** Their schemas. */
    List<StateSchema> untakenSchemas() {
        return untaken.keySet().stream()
                .map(name -> schema(name, schemas.getOrDefault(name, "")))
                .toList();
    }

    /** @throws MillraceException if the snapshot's states are by keys of another type */
    void checkKeys(String description) {
        check("", description, "The key", "Keep the type of the keys, or give the operator another uid");
    }

    void takeTimers(String name, TrackedState queue) {
        List<RestoredPart> parts = timers.remove(name);
        if (parts != null) {
            load(name, parts, queue);
        }
    }

    /** @throws MillraceException if the snapshot's state of this name is another */
    void take(String name, String description, TrackedState state) {
        UntakenState found = untaken.remove(name);
        if (found != null) {
            check(name, description, "State '" + name + "'", "Give the state another name, so that it starts empty");
            load(name, found.parts(), state);
        }
    }

    private void check(String name, String description, String what, String remedy) {
        String written = schemas.getOrDefault(name, description);
        if (!written.equals(description)) {
            throw Problem.of(StateErrors.STATE_INCOMPATIBLE, what + " is a " + description + " and was a " + written)
                    .because("The snapshot that the job goes on from was written with the other type")
                    .fix(remedy)
                    .asException();
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
