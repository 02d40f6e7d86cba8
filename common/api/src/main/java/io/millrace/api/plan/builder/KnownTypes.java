package io.millrace.api.plan.builder;

import io.millrace.api.plan.KeyedStateSchemas;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSchemas;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorTypes;
import io.millrace.common.graph.snapshot.StateSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Describes what is known of an operator's types before it runs, so that nobody needs its classes to compare them. */
final class KnownTypes {
    private KnownTypes() {}

    static OperatorTypes of(OperatorPlan plan) {
        Map<String, OpaqueBytes> states = new HashMap<>();
        for (StateSchema state : KeyedStateSchemas.planned(plan.spec())) {
            states.put(state.state(), state.description());
        }
        Map<String, OpaqueBytes> outputs = new HashMap<>();
        TypeInformation<?> main = plan.spec().outputType();
        if (main != null) {
            outputs.put("", describe(main));
        }
        plan.sideOutputs().forEach((tag, type) -> outputs.put(tag, describe(type)));
        return new OperatorTypes(states, outputs);
    }

    private static OpaqueBytes describe(TypeInformation<?> elements) {
        return TypeSchemas.describe(elements.describe(), "elements", List.of(elements))
                .named("")
                .description();
    }
}
