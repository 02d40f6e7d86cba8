package io.millrace.api.types;

import java.util.Date;
import java.util.HashSet;
import java.util.Set;

/** Decides whether nothing reachable from a value can change. */
final class Immutability {

    private Immutability() {}

    static boolean isImmutable(TypeInformation<?> type) {
        return isImmutable(type, new HashSet<>());
    }

    /** A type inside itself changes nothing: it is immutable if all the rest is. */
    private static boolean isImmutable(TypeInformation<?> type, Set<TypeInformation<?>> around) {
        if (!canBeImmutable(type)) {
            return false;
        }
        if (!around.add(type)) {
            return true;
        }
        for (TypeParts.Part part : TypeParts.of(type, "")) {
            if (!isImmutable(part.type(), around)) {
                return false;
            }
        }
        return true;
    }

    private static boolean canBeImmutable(TypeInformation<?> type) {
        if (type instanceof BasicType<?> basic) {
            return basic.typeClass() != Date.class;
        }
        return type instanceof EnumType<?>
                || type instanceof OptionalType<?>
                || type instanceof RecordType<?>
                || type instanceof SealedType<?>;
    }
}
