package io.millrace.common.graph.schema;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.snapshot.StateSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a state is and how its values are written. {@link StateSchema#description} holds its text, whose first line is
 * for people; {@code docs/protocol/checkpoint-files.md} has the grammar.
 *
 * @param text for people, one line
 * @param kind of the state, such as {@code value} or {@code map}; {@link #KEY} for the keys of an operator
 * @param types what it is made of: of a map key and value, else one
 * @param definitions of the types that have a name, in the order in which they occur
 */
public record StateDescription(String text, String kind, List<TypeSchema> types, List<Definition> definitions) {
    /** The keys of all keyed states of an operator. */
    public static final String KEY = "key";

    /** In front of the name of a class whose values name it in some state; kind {@code class}. */
    public static final String CLASS = "class:";

    public StateDescription {
        Check.argument(text.indexOf('\n') < 0 && !kind.isEmpty(), "A state is described in one line");
        types = List.copyOf(types);
        definitions = List.copyOf(definitions);
    }

    public boolean isOfKeys() {
        return kind.equals(KEY);
    }

    /** As it is stored beside the state's parts. */
    public StateSchema named(String state) {
        return new StateSchema(
                state, new OpaqueBytes(DescriptionText.print(this).getBytes(StandardCharsets.UTF_8)));
    }

    /** What {@link #named} stored; empty if it is of another form. */
    public static Optional<StateDescription> of(StateSchema schema) {
        return DescriptionText.parse(new String(schema.description().array(), StandardCharsets.UTF_8));
    }

    /** The description of a stored schema for people, whatever its form. */
    public static String textOf(StateSchema schema) {
        String text = new String(schema.description().array(), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Whether it may hold values whose layout is not described here, because each names its class. */
    public boolean namesClasses() {
        return types.stream().anyMatch(StateDescription::namesClasses)
                || definitions.stream().anyMatch(StateDescription::namesClasses);
    }

    private static boolean namesClasses(Definition definition) {
        return definition instanceof Definition.Composite composite
                && (composite.isOpen() || composite.fields().stream().anyMatch(field -> namesClasses(field.type())));
    }

    private static boolean namesClasses(TypeSchema type) {
        if (type instanceof TypeSchema.Sequence sequence) {
            return namesClasses(sequence.element());
        }
        if (type instanceof TypeSchema.Table table) {
            return namesClasses(table.key()) || namesClasses(table.value());
        }
        if (type instanceof TypeSchema.Maybe maybe) {
            return namesClasses(maybe.element());
        }
        return type instanceof TypeSchema.Dynamic;
    }

    /** The layout of a named type. */
    public Definition definition(TypeSchema.Named type) {
        return definitions.get(type.definition());
    }

    /** A type for people: {@code List<Order>}. */
    public String show(TypeSchema type) {
        return TypeText.forPeople(type, definitions);
    }
}
