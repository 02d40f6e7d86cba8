package io.millrace.common.graph.snapshot;

/** What a part of a snapshot holds. */
public enum PartKind {
    /** All entries of one keyed state within a range of key groups. */
    KEYED_BASE,
    /** The entries of one keyed state that changed since the part before it, within the same range. */
    KEYED_DELTA,
    /** Timers of an operator within a range of key groups. */
    TIMERS,
    /** List state, dealt out among the subtasks when their number changes. */
    OPERATOR_LIST,
    /** List state of which every subtask gets all of every subtask's. */
    OPERATOR_UNION,
    /** Broadcast state, the same in every subtask. */
    BROADCAST,
    /** The splits of a source reader with their positions. */
    SPLITS,
    /** The state of a split enumerator. */
    ENUMERATOR,
    /** The state of a sink's writer. */
    WRITER,
    /** What a committer has been given and has not been told of the end. */
    COMMITTABLES,
    /** Watermarks and idle status. */
    EVENT_TIME,
    /** Elements that were under way between tasks. */
    IN_FLIGHT,
    /** A file of the database that keeps an operator's keyed state, or, without a name, what its files are. */
    NATIVE;

    private static final String OPERATOR = "operator:";

    /** Whether it speaks for keys, so that subtasks take it up by their key groups. */
    public boolean isKeyed() {
        return this == KEYED_BASE || this == KEYED_DELTA || this == TIMERS || this == NATIVE;
    }

    /** Whether it holds a state of an operator that is not per key. */
    public boolean isOperatorState() {
        return this == OPERATOR_LIST || this == OPERATOR_UNION || this == BROADCAST;
    }

    /** The name of the schema of such a state: one of keys may have the same name. */
    public static String schemaOfOperatorState(String state) {
        return OPERATOR + state;
    }

    /** The name under which the {@link StateSchema} of a part with this state is found. */
    public String schemaName(String state) {
        return isOperatorState() ? schemaOfOperatorState(state) : state;
    }
}
