package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.OperatorStateStore;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSchemas;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.snapshot.ElementBlocks;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.state.StateErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The states of one operator in one subtask that are not per key. What a snapshot has of a state that nobody has asked
 * for is handed on into later ones as it is. For the slot's thread.
 */
public final class OperatorStates implements OperatorStateStore {

    /** A state that a snapshot had and that nobody has asked for since. */
    private record Untaken(PartKind kind, String state) {}

    private final JobCode code;
    private final RestoredOperator restored;
    private final Map<String, OperatorState> states = new LinkedHashMap<>();
    private final Set<Untaken> untaken = new LinkedHashSet<>();

    /** @param restored what the operator takes up */
    public OperatorStates(JobCode code, RestoredOperator restored) {
        this.code = code;
        this.restored = restored;
        for (RestoredOperator.Part part : restored.parts()) {
            if (part.part().kind().isOperatorState()) {
                untaken.add(new Untaken(part.part().kind(), part.part().state()));
            }
        }
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return list(PartKind.OPERATOR_LIST, "operator-list", "operator ListState of ", descriptor);
    }

    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
        return list(PartKind.OPERATOR_UNION, "operator-union", "union ListState of ", descriptor);
    }

    private <T> ListState<T> list(PartKind kind, String schemaKind, String text, ListStateDescriptor<T> descriptor) {
        String name = descriptor.getName();
        TypeInformation<T> type = descriptor.elementType();
        StateDescription now = TypeSchemas.describe(text + type.describe(), schemaKind, List.of(type));
        return registered(name, now, () -> {
            StateDescription written = written(name, now);
            return new OperatorListState<T>(
                    kind, now, serializer(type), taken(kind, name, written.equals(now)), reader(type, written, now, 0));
        });
    }

    @Override
    public <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor) {
        String name = descriptor.getName();
        TypeInformation<K> keys = descriptor.keyType();
        TypeInformation<V> values = descriptor.valueType();
        String text = "BroadcastState of " + keys.describe() + " to " + values.describe();
        StateDescription now = TypeSchemas.describe(text, "broadcast", List.of(keys, values));
        return registered(name, now, () -> {
            StateDescription written = written(name, now);
            OperatorBroadcastState<K, V> state =
                    new OperatorBroadcastState<>(now, serializer(keys), serializer(values));
            state.restore(
                    taken(PartKind.BROADCAST, name, false),
                    reader(keys, written, now, 0),
                    reader(values, written, now, 1));
            return state;
        });
    }

    @Override
    public Set<String> getRegisteredStateNames() {
        return names(false);
    }

    @Override
    public Set<String> getRegisteredBroadcastStateNames() {
        return names(true);
    }

    private Set<String> names(boolean broadcast) {
        Set<String> names = new LinkedHashSet<>();
        states.forEach((name, state) -> {
            if (broadcast == (state.kind() == PartKind.BROADCAST)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Gives the parts of all states as they are now. */
    public void snapshot(PartCollector parts) {
        states.forEach((name, state) -> {
            ElementBlocks blocks = new ElementBlocks();
            state.write(blocks);
            add(parts, state.kind(), name, blocks);
        });
        for (Untaken state : untaken) {
            ElementBlocks blocks = new ElementBlocks();
            elementsHandedOn(state).forEach(blocks::add);
            add(parts, state.kind(), state.state(), blocks);
        }
    }

    private static void add(PartCollector parts, PartKind kind, String state, ElementBlocks blocks) {
        if (blocks.entries() > 0) {
            parts.add(kind, state, blocks.entries(), blocks.finish());
        }
    }

    /** Together the subtasks hand on everything once, but for broadcast state, which each has. */
    private List<ByteBuffer> elementsHandedOn(Untaken state) {
        return state.kind() == PartKind.OPERATOR_UNION
                ? restored.unionShare(state.state())
                : restored.elements(state.kind(), state.state());
    }

    /** How what was given is to be read. */
    public List<StateSchema> schemas() {
        List<StateSchema> schemas = new ArrayList<>();
        states.forEach((name, state) -> schemas.add(state.description().named(PartKind.schemaOfOperatorState(name))));
        untaken.forEach(state -> writtenSchema(state.state()).ifPresent(schemas::add));
        return schemas;
    }

    private Optional<StateSchema> writtenSchema(String state) {
        String name = PartKind.schemaOfOperatorState(state);
        return restored.schemas().stream()
                .filter(schema -> schema.state().equals(name))
                .findFirst();
    }

    private StateDescription written(String name, StateDescription now) {
        return SchemaChange.bridge(restored.schemas(), PartKind.schemaOfOperatorState(name), name, now);
    }

    private RestoredElements taken(PartKind kind, String name, boolean asWrittenNow) {
        untaken.remove(new Untaken(kind, name));
        try {
            return new RestoredElements(name, restored.elements(kind, name), asWrittenNow);
        } catch (IndexOutOfBoundsException e) {
            throw RestoredElements.unreadable(name, e.toString()).asException(e);
        }
    }

    private <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return code.serializers().stateSerializer(type, code.userClassLoader());
    }

    private <T> ValueReader<T> reader(
            TypeInformation<T> type, StateDescription written, StateDescription now, int part) {
        return code.serializers().stateReader(type, new WrittenType(written, now, part), code.userClassLoader());
    }

    @SuppressWarnings("unchecked") // of the same description as when it was registered
    private <S extends OperatorState> S registered(String name, StateDescription description, Supplier<S> creation) {
        OperatorState known = states.get(name);
        if (known == null) {
            known = creation.get();
            states.put(name, known);
        }
        if (!known.description().equals(description)) {
            throw Problem.of(StateErrors.STATE_REDEFINED, "State '" + name + "' is asked for as " + description.text())
                    .because("It was declared before as " + known.description().text())
                    .fix("Give the two states different names")
                    .asException();
        }
        return (S) known;
    }
}
