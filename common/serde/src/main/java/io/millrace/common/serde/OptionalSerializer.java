package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.util.Optional;

/** An optional: a byte 0, or a byte 1 and the value. A template of {@link GeneratedClasses}. */
final class OptionalSerializer extends TypeSerializer<Optional<Object>> {
    private final TypeSerializer<Object> element;
    private final boolean immutable;

    OptionalSerializer(TypeSerializer<Object> element) {
        this.element = element;
        this.immutable = element.isImmutableType();
    }

    @Override
    public boolean isImmutableType() {
        return immutable;
    }

    @Override
    public Optional<Object> copy(Optional<Object> value) {
        return immutable || value.isEmpty() ? value : Optional.of(element.copy(value.get()));
    }

    @Override
    public void serialize(Optional<Object> value, BinaryWriter out) {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            element.serialize(value.get(), out);
        }
    }

    @Override
    public Optional<Object> deserialize(BinaryReader in) {
        return in.readBoolean() ? Optional.of(element.deserialize(in)) : Optional.empty();
    }

    @Override
    public TypeSerializer<Optional<Object>> duplicate() {
        TypeSerializer<Object> duplicate = element.duplicate();
        return duplicate == element ? this : new OptionalSerializer(duplicate);
    }
}
