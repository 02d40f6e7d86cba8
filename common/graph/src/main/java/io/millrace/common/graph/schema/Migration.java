package io.millrace.common.graph.schema;

import io.millrace.common.core.error.Problem;
import java.util.List;

/**
 * Whether a state that was written with one schema can be gone on with under another.
 *
 * @param changes what is different, in words; empty only if nothing is
 * @param refusals what of it cannot be bridged
 */
public record Migration(List<String> changes, List<Refusal> refusals) {
    public static final Migration SAME = new Migration(List.of(), List.of());

    /** What becomes of the state. */
    public enum Verdict {
        /** It is read as it was written. */
        SAME,
        /** It is read as it was written, and each value is made one of the new type. */
        MIGRATES,
        /** The job cannot start with it. */
        REFUSED
    }

    /**
     * @param path of the value within the state: {@code Order.lines[].price}
     * @param was its type when it was written, for people
     * @param is its type now
     * @param remedy what the user can do
     */
    public record Refusal(String path, String was, String is, String remedy) {}

    public Migration {
        changes = List.copyOf(changes);
        refusals = List.copyOf(refusals);
    }

    public Verdict verdict() {
        if (!refusals.isEmpty()) {
            return Verdict.REFUSED;
        }
        return changes.isEmpty() ? Verdict.SAME : Verdict.MIGRATES;
    }

    /**
     * What the user is told of a refused one: state, field, old type, new type, and what to do.
     *
     * @param state its name; empty for the keys
     */
    public Problem problem(String state) {
        Refusal first = refusals.get(0);
        String subject = state.isEmpty() ? "The key" : "State '" + state + "'";
        String more = refusals.size() == 1 ? "" : ", and " + (refusals.size() - 1) + " more like it";
        return Problem.of(
                        SchemaErrors.STATE_INCOMPATIBLE,
                        subject + " does not fit: " + first.path() + " is " + first.is() + " and was " + first.was()
                                + more)
                .because("The snapshot that the job goes on from was written with the other type")
                .fix(first.remedy());
    }
}
