package io.millrace.common.graph.schema;

import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Custom;
import io.millrace.common.graph.schema.TypeSchema.Dynamic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;
import java.util.List;
import java.util.Map;

/** Types as text: one form that is stored, one for people. */
final class TypeText {
    /** Boxes by the names of their primitives. */
    static final Map<String, String> BOXES = Map.of(
            "boolean", "Boolean",
            "byte", "Byte",
            "short", "Short",
            "char", "Character",
            "int", "Integer",
            "long", "Long",
            "float", "Float",
            "double", "Double");

    private TypeText() {}

    /** {@code Integer}, {@code int[]}, {@code java.util.List<T>}, {@code Optional<T>}, {@code ?bound}, {@code @0}. */
    static String stored(TypeSchema type) {
        if (type instanceof Basic basic) {
            return basic.name();
        }
        if (type instanceof Primitives primitives) {
            return primitives.element() + "[]";
        }
        if (type instanceof Sequence sequence) {
            return sequence.container() + "<" + stored(sequence.element()) + ">";
        }
        if (type instanceof Table table) {
            return table.container() + "<" + stored(table.key()) + "," + stored(table.value()) + ">";
        }
        if (type instanceof Maybe maybe) {
            return "Optional<" + stored(maybe.element()) + ">";
        }
        if (type instanceof Dynamic dynamic) {
            return "?" + dynamic.bound();
        }
        if (type instanceof Custom custom) {
            return "!" + custom.className() + "!" + custom.serializer();
        }
        return "@" + ((Named) type).definition();
    }

    static String stored(Definition.Field field) {
        String type = stored(field.type());
        if (field.isPrimitive()) {
            for (Map.Entry<String, String> box : BOXES.entrySet()) {
                type = box.getValue().equals(type) ? box.getKey() : type;
            }
        }
        return field.name() + ":" + type;
    }

    static String forPeople(TypeSchema type, List<Definition> definitions) {
        if (type instanceof Named named) {
            return simple(definitions.get(named.definition()).className());
        }
        if (type instanceof Sequence sequence) {
            String element = forPeople(sequence.element(), definitions);
            return sequence.container().equals(Sequence.ARRAY)
                    ? element + "[]"
                    : simple(sequence.container()) + "<" + element + ">";
        }
        if (type instanceof Table table) {
            return simple(table.container()) + "<" + forPeople(table.key(), definitions) + ", "
                    + forPeople(table.value(), definitions) + ">";
        }
        if (type instanceof Maybe maybe) {
            return "Optional<" + forPeople(maybe.element(), definitions) + ">";
        }
        if (type instanceof Dynamic dynamic) {
            return simple(dynamic.bound());
        }
        if (type instanceof Custom custom) {
            return simple(custom.className()) + " by " + simple(custom.serializer());
        }
        return stored(type);
    }

    static String forPeople(Definition.Field field, List<Definition> definitions) {
        return field.isPrimitive()
                ? stored(field).substring(field.name().length() + 1)
                : forPeople(field.type(), definitions);
    }

    /** Without package: {@code Orders.Line}. */
    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}
