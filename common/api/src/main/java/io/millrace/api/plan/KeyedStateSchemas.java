package io.millrace.api.plan;

import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSchemas;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.StateSchema;
import java.util.List;

/** How states per key describe themselves in snapshots, whatever backend holds them. */
public final class KeyedStateSchemas {
    /** The state of {@link KeyedReduceSpec}. */
    public static final String REDUCED = "reduced";

    /** The state of {@link WindowSpec}. */
    public static final String WINDOW_CONTENTS = "window-contents";

    private static final String KEYS = "";

    private KeyedStateSchemas() {}

    public static StateDescription keys(TypeInformation<?> type) {
        return TypeSchemas.describe(type.describe(), StateDescription.KEY, List.of(type));
    }

    public static StateDescription of(ValueStateDescriptor<?> state) {
        return one("ValueState of ", "value", state.type());
    }

    public static StateDescription of(ListStateDescriptor<?> state) {
        return one("ListState of ", "list", state.elementType());
    }

    public static StateDescription of(MapStateDescriptor<?, ?> state) {
        TypeInformation<?> key = state.keyType();
        TypeInformation<?> value = state.valueType();
        String text = "MapState of " + key.describe() + " to " + value.describe();
        return TypeSchemas.describe(text, "map", List.of(key, value));
    }

    public static StateDescription of(ReducingStateDescriptor<?> state) {
        return one("ReducingState of ", "reducing", state.type());
    }

    public static StateDescription of(AggregatingStateDescriptor<?, ?, ?> state) {
        return one("AggregatingState of ", "aggregating", state.accumulatorType());
    }

    public static StateDescription slices(TypeInformation<?> accumulator) {
        return one("slices of ", "slices", accumulator);
    }

    private static StateDescription one(String text, String kind, TypeInformation<?> type) {
        return TypeSchemas.describe(text + type.describe(), kind, List.of(type));
    }

    /**
     * The states that an operator is known to have before it runs: its keys, and the state of built-in operators. Those
     * that functions ask for are known when they are opened.
     */
    public static List<StateSchema> planned(OperatorSpec spec) {
        if (spec instanceof KeyedProcessSpec<?, ?, ?> process) {
            return List.of(keys(process.keying().keyType()).named(KEYS));
        }
        if (spec instanceof KeyedReduceSpec<?, ?> reduce) {
            StateDescription reduced = one("ValueState of ", "value", reduce.outputType());
            return List.of(keys(reduce.keying().keyType()).named(KEYS), reduced.named(REDUCED));
        }
        if (spec instanceof WindowSpec<?, ?, ?, ?> window) {
            StateDescription contents = slices(window.computation().contentsType());
            return List.of(keys(window.keying().keyType()).named(KEYS), contents.named(WINDOW_CONTENTS));
        }
        return List.of();
    }
}
