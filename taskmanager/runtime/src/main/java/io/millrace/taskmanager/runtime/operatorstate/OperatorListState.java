package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.api.state.ListState;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.snapshot.ElementBlocks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A list of an operator's subtask. What was restored is read when somebody looks at it. */
final class OperatorListState<T> implements ListState<T>, OperatorState {
    private final PartKind kind;
    private final StateDescription description;
    private final TypeSerializer<T> serializer;
    private final RestoredElements restored;
    /** Behind those that are still to be read. */
    private final List<T> elements = new ArrayList<>();

    private final ValueReader<T> reader;

    OperatorListState(
            PartKind kind,
            StateDescription description,
            TypeSerializer<T> serializer,
            RestoredElements restored,
            ValueReader<T> reader) {
        this.kind = kind;
        this.description = description;
        this.serializer = serializer;
        this.restored = restored;
        this.reader = reader;
    }

    @Override
    public PartKind kind() {
        return kind;
    }

    @Override
    public StateDescription description() {
        return description;
    }

    @Override
    public Iterable<T> get() {
        readAll();
        return Collections.unmodifiableList(elements);
    }

    private void readAll() {
        if (!restored.isEmpty()) {
            List<T> read = new ArrayList<>();
            restored.take(in -> read.add(reader.read(in)));
            elements.addAll(0, read);
        }
    }

    @Override
    public void add(T value) {
        NullElement.check(value, "ListState.add");
        elements.add(value);
    }

    @Override
    public void addAll(List<T> values) {
        values.forEach(value -> NullElement.check(value, "ListState.addAll"));
        elements.addAll(values);
    }

    @Override
    public void update(List<T> values) {
        values.forEach(value -> NullElement.check(value, "ListState.update"));
        List<T> copy = List.copyOf(values);
        clear();
        elements.addAll(copy);
    }

    @Override
    public void clear() {
        restored.drop();
        elements.clear();
    }

    @Override
    public void write(ElementBlocks out) {
        if (restored.isAsWrittenNow()) {
            restored.handOn(out);
        } else {
            readAll();
        }
        elements.forEach(element -> out.add(to -> serializer.serialize(element, to)));
    }
}
