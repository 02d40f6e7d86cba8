package io.millrace.common.graph.schema;

import java.util.Map;
import java.util.Set;

/** Which numbers can be read as which others without loss. */
public final class Widening {
    private static final Map<String, Set<String>> WIDER = Map.of(
            "Byte", Set.of("Short", "Integer", "Long", "Float", "Double"),
            "Short", Set.of("Integer", "Long", "Float", "Double"),
            "Character", Set.of("Integer", "Long", "Float", "Double"),
            "Integer", Set.of("Long", "Double"),
            "Float", Set.of("Double"));

    private Widening() {}

    /** @param from name of a box, as in {@link TypeSchema.Basic} */
    public static boolean isExact(String from, String to) {
        return WIDER.getOrDefault(from, Set.of()).contains(to);
    }
}
