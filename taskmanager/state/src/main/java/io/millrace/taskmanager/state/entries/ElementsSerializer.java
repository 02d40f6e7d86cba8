package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.util.ArrayList;
import java.util.List;

/** A list as the number of its elements, then they. */
public final class ElementsSerializer<T> extends TypeSerializer<List<T>> {
    private final TypeSerializer<T> elements;

    public ElementsSerializer(TypeSerializer<T> elements) {
        this.elements = elements;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public List<T> copy(List<T> value) {
        List<T> copy = new ArrayList<>(value.size());
        value.forEach(element -> copy.add(elements.copy(element)));
        return copy;
    }

    @Override
    public void serialize(List<T> value, BinaryWriter out) {
        out.writeVarInt(value.size());
        for (int i = 0; i < value.size(); i++) {
            elements.serialize(value.get(i), out);
        }
    }

    @Override
    public List<T> deserialize(BinaryReader in) {
        int size = in.readVarInt();
        List<T> value = new ArrayList<>(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
            value.add(elements.deserialize(in));
        }
        return value;
    }
}
