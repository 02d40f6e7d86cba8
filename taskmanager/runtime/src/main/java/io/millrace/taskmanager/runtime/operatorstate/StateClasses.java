package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSchemas;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.schema.Migration;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.SchemaErrors;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.runtime.operator.JobCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The classes of values that name their classes: no type of a state says what they look like, so operators that have
 * such values tell it beside their states, of all such classes met in the job's state. They have to stay as they are.
 */
public final class StateClasses {
    private final JobCode code;
    private final IntFunction<List<StateSchema>> restored;

    /** @param restored the schemas that an operator takes up, by its id */
    public StateClasses(JobCode code, IntFunction<List<StateSchema>> restored) {
        this.code = code;
        this.restored = restored;
    }

    /**
     * Compares what an operator takes up with what the classes are now.
     *
     * @throws MillraceException {@code STATE_INCOMPATIBLE} if one has changed
     */
    public void check(int operator) {
        for (StateSchema was : restored.apply(operator)) {
            if (was.state().startsWith(StateDescription.CLASS)) {
                check(was, was.state().substring(StateDescription.CLASS.length()));
            }
        }
    }

    private void check(StateSchema was, String className) {
        Class<?> found;
        try {
            found = Class.forName(className, false, code.userClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // Only a value of it needs it, and says so then.
            return;
        }
        Migration migration = SchemaChange.between(was, schema(TypeInformation.of(found)));
        if (migration.verdict() != Migration.Verdict.SAME) {
            throw Problem.of(
                            SchemaErrors.STATE_INCOMPATIBLE,
                            className + " has changed: " + String.join("; ", migration.changes()))
                    .because("The snapshot has values of it in a state of another type (an interface, Object or a"
                            + " parent class), where each value is written as its class was then")
                    .fix("Keep the class as it was, or declare the state with the class itself, which may change")
                    .asException();
        }
    }

    /** What an operator tells, with the classes that its states may have values of. */
    public OperatorSchemas with(OperatorSchemas states) {
        if (states.schemas().stream().noneMatch(StateClasses::namesClasses)) {
            return states;
        }
        Map<String, StateSchema> all = new LinkedHashMap<>();
        states.schemas().forEach(schema -> all.put(schema.state(), schema));
        restored.apply(states.operator()).stream()
                .filter(schema -> schema.state().startsWith(StateDescription.CLASS))
                .forEach(schema -> all.put(schema.state(), schema));
        for (TypeInformation<?> type : code.serializers().classesNamedInState()) {
            StateSchema schema = schema(type);
            all.put(schema.state(), schema);
        }
        return new OperatorSchemas(states.operator(), List.copyOf(all.values()));
    }

    private static boolean namesClasses(StateSchema schema) {
        return StateDescription.of(schema)
                .filter(StateDescription::namesClasses)
                .isPresent();
    }

    private static StateSchema schema(TypeInformation<?> type) {
        return TypeSchemas.describe(type.describe(), "class", List.of(type))
                .named(StateDescription.CLASS + type.getTypeClass().getName());
    }
}
