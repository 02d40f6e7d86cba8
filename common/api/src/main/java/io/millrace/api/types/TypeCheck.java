package io.millrace.api.types;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Walks a type through to its last field and refuses what has no serializer, with the path to it. */
final class TypeCheck {
    /** How often one class may stand inside itself with other type arguments before the type is taken as endless. */
    private static final int MAX_SELF_NESTING = 8;

    private final Set<TypeInformation<?>> seen = new HashSet<>();
    private final Deque<Class<?>> around = new ArrayDeque<>();

    private TypeCheck() {}

    static void check(TypeInformation<?> type) {
        new TypeCheck().walk(type, type.describe());
    }

    private void walk(TypeInformation<?> type, String path) {
        if (!seen.add(type)) {
            return;
        }
        boolean named = type instanceof CompositeType<?> || type instanceof SealedType<?>;
        if (named) {
            long same = around.stream().filter(type.getTypeClass()::equals).count();
            if (same > MAX_SELF_NESTING) {
                throw TypeRefusals.endless(type, path);
            }
            around.push(type.getTypeClass());
        }
        for (TypeParts.Part part : TypeParts.of(type, path)) {
            walk(part.type(), part.path());
        }
        if (named) {
            around.pop();
        }
    }
}
