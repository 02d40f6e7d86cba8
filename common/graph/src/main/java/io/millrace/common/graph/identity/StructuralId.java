package io.millrace.common.graph.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of an operator without a uid.
 *
 * @param before hash of what leads to it
 * @param behind hash of what follows from it
 * @param rest {@link #ONLY} if the same leads to no other operator of its graph; empty if it does; which one it is
 *     among those that even the same follows from, with a hash of the whole graph, for an order means something in one
 *     graph only
 */
record StructuralId(String before, String behind, String rest) {
    static final String ONLY = "only";

    private static final String PREFIX = "shape:";
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "([0-9a-f]{16})\\.([0-9a-f]{16})(?:\\.(only|[0-9]+of[0-9]+-[0-9a-f]{16}))?");

    static Optional<StructuralId> parse(String identity) {
        Matcher matcher = FORM.matcher(identity);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(3);
        return Optional.of(new StructuralId(matcher.group(1), matcher.group(2), rest == null ? "" : rest));
    }

    boolean isOnly() {
        return rest.equals(ONLY);
    }

    /** Whether another operator cannot be told from it but by the order of both. */
    boolean isTwin() {
        return !rest.isEmpty() && !isOnly();
    }

    @Override
    public String toString() {
        return PREFIX + before + "." + behind + (rest.isEmpty() ? "" : "." + rest);
    }
}
