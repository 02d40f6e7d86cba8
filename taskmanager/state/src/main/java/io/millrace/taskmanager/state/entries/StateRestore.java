package io.millrace.taskmanager.state.entries;

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
import java.util.Optional;

/**
 * Gives each state what a snapshot has of it when the state is asked for the first time. What is never asked for stays,
 * and is written into later snapshots as it was read.
 */
public final class StateRestore {
    private final KeyReader keys;
    private final KeyGroups groups;
    private final List<StateSchema> schemas;
    private final Map<String, UntakenState> untaken = new LinkedHashMap<>();
    private final Map<String, List<RestoredPart>> timers = new HashMap<>();

    public StateRestore(KeyReader keys, KeyGroups groups, RestoredState restored) {
        this.keys = keys;
        this.groups = groups;
        this.schemas = restored.schemas();
        for (RestoredPart part : restored.parts()) {
            if (part.kind() == PartKind.NATIVE) {
                throw Problem.of(StateErrors.STATE_BACKEND_CHANGED, "The state was written by another state backend")
                        .because(
                                "A checkpoint holds state as its backend keeps it; only a savepoint suits every backend")
                        .fix(
                                "Go on with the backend it was written by, take a savepoint, and change state.backend then")
                        .asException();
            }
            if (part.kind() == PartKind.TIMERS) {
                timers.computeIfAbsent(part.state(), name -> new ArrayList<>()).add(part);
            } else {
                untaken.computeIfAbsent(part.state(), name -> new UntakenState(groups))
                        .add(part);
            }
        }
    }

    /** States that nobody has asked for. */
    public Iterable<UntakenState> untaken() {
        return untaken.values();
    }

    /** Their schemas. */
    public List<StateSchema> untakenSchemas() {
        return schemas.stream()
                .filter(schema -> untaken.containsKey(schema.state()))
                .toList();
    }

    /** How the snapshot has a state whose entries are not among its parts. */
    public Optional<StateSchema> schema(String name) {
        return schemas.stream().filter(schema -> schema.state().equals(name)).findFirst();
    }

    /** @throws MillraceException if the snapshot's states are by keys of another type */
    public void checkKeys(StateDescription keys) {
        written("", keys);
    }

    /**
     * How the snapshot has a state; as it is now if it has none.
     *
     * @throws MillraceException {@code STATE_INCOMPATIBLE} if it cannot be read as it is now
     */
    public StateDescription written(String name, StateDescription now) {
        return SchemaChange.bridge(schemas, name, name, now);
    }

    public void takeTimers(String name, RestoredEntries queue) {
        List<RestoredPart> parts = timers.remove(name);
        if (parts != null) {
            keys.readAside(() -> load(name, parts, queue));
        }
    }

    /** Fills a state with what the snapshot has of it. */
    public void take(String name, RestoredEntries state) {
        UntakenState found = untaken.remove(name);
        if (found != null) {
            keys.readAside(() -> load(name, found.parts(), state));
        }
    }

    private void load(String name, List<RestoredPart> parts, RestoredEntries state) {
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
    }

    private void load(BinaryReader in, KeyGroups common, RestoredEntries state) {
        BlockHeader header = BlockHeader.read(in);
        while (in.remaining() > 0) {
            keys.readCurrentKey(in);
            state.restoreEntry(header, in, common.holdHash(keys.currentHash()));
        }
    }
}
