package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Stands where a type occurs inside itself and leads back to the serializer around it. Counts the levels it is in,
 * because a long chain of values would otherwise end in a stack overflow.
 */
final class RecursiveSerializer extends TypeSerializer<Object> {
    static final int MAX_LEVELS = 500;

    private final boolean immutable;
    private final String path;
    private @Nullable TypeSerializer<Object> body;
    private @Nullable RecursiveSerializer duplicateInProgress;
    private int level;

    RecursiveSerializer(boolean immutable, String path) {
        this.immutable = immutable;
        this.path = path;
    }

    void leadTo(TypeSerializer<Object> whole) {
        body = whole;
    }

    @Override
    public boolean isImmutableType() {
        return immutable;
    }

    @Override
    public Object copy(Object value) {
        if (immutable) {
            return value;
        }
        TypeSerializer<Object> whole = enter();
        try {
            return whole.copy(value);
        } finally {
            level--;
        }
    }

    @Override
    public void serialize(Object value, BinaryWriter out) {
        TypeSerializer<Object> whole = enter();
        try {
            whole.serialize(value, out);
        } finally {
            level--;
        }
    }

    @Override
    public Object deserialize(BinaryReader in) {
        TypeSerializer<Object> whole = enter();
        try {
            return whole.deserialize(in);
        } finally {
            level--;
        }
    }

    /**
     * Duplicates the serializer it leads to, which comes back here once more and then gets the duplicate being made.
     */
    @Override
    public TypeSerializer<Object> duplicate() {
        if (duplicateInProgress != null) {
            return duplicateInProgress;
        }
        RecursiveSerializer duplicate = new RecursiveSerializer(immutable, path);
        duplicateInProgress = duplicate;
        duplicate.leadTo(linked().duplicate());
        duplicateInProgress = null;
        return duplicate;
    }

    private TypeSerializer<Object> enter() {
        if (level >= MAX_LEVELS) {
            throw ValueRefusals.tooDeep(MAX_LEVELS, path);
        }
        level++;
        return linked();
    }

    private TypeSerializer<Object> linked() {
        TypeSerializer<Object> whole = body;
        if (whole == null) {
            throw new IllegalStateException(
                    "The serializer of a recursive type was used before it was complete: " + path);
        }
        return whole;
    }
}
