package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;

/** A value of a sealed type: the index of its member as a variable-length int, then the value as that member. */
final class SealedSerializer extends TypeSerializer<Object> {
    private final Class<?>[] members;
    private final TypeSerializer<?>[] serializers;
    private final boolean immutable;
    private final String path;

    SealedSerializer(Class<?>[] members, TypeSerializer<?>[] serializers, boolean immutable, String path) {
        this.members = members;
        this.serializers = serializers;
        this.immutable = immutable;
        this.path = path;
    }

    @Override
    public boolean isImmutableType() {
        return immutable;
    }

    @Override
    public Object copy(Object value) {
        return immutable ? value : serializer(indexOf(value)).copy(value);
    }

    @Override
    public void serialize(Object value, BinaryWriter out) {
        int index = indexOf(value);
        out.writeVarInt(index);
        serializer(index).serialize(value, out);
    }

    @Override
    public Object deserialize(BinaryReader in) {
        int index = in.readVarInt();
        if (index < 0 || index >= serializers.length) {
            throw ValueRefusals.damaged("Member " + index + " of " + serializers.length + " does not exist", path);
        }
        return serializer(index).deserialize(in);
    }

    @Override
    public TypeSerializer<Object> duplicate() {
        TypeSerializer<?>[] duplicates = duplicates(serializers);
        return duplicates == serializers ? this : new SealedSerializer(members, duplicates, immutable, path);
    }

    @SuppressWarnings("unchecked") // found by the class of the value
    private TypeSerializer<Object> serializer(int index) {
        return (TypeSerializer<Object>) serializers[index];
    }

    private int indexOf(Object value) {
        Class<?> found = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        for (int i = 0; i < members.length; i++) {
            if (members[i] == found) {
                return i;
            }
        }
        throw ValueRefusals.unsupportedClass(found, path);
    }
}
