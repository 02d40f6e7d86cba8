package io.millrace.common.graph.schema;

/**
 * How the values of one type are written. Types with a layout of their own (records, classes, tuples, enums, sealed
 * types) are {@link Named} and defined once, so a type may contain itself.
 */
public sealed interface TypeSchema {

    /** @param name simple name of a class with a serializer written by hand; of a primitive the name of its box */
    record Basic(String name) implements TypeSchema {}

    /** @param element name of the primitive */
    record Primitives(String element) implements TypeSchema {}

    /**
     * Elements in an order.
     *
     * @param container class name as declared, or {@link #ARRAY}
     */
    record Sequence(String container, TypeSchema element) implements TypeSchema {
        public static final String ARRAY = "array";

        /** Whether equal elements are one. */
        public boolean isSet() {
            return container.endsWith("Set");
        }
    }

    /** @param container class name as declared */
    record Table(String container, TypeSchema key, TypeSchema value) implements TypeSchema {}

    /** An {@code Optional}. */
    record Maybe(TypeSchema element) implements TypeSchema {}

    /**
     * Every value names its class.
     *
     * @param bound class name of what all values are
     */
    record Dynamic(String bound) implements TypeSchema {}

    /**
     * Written by a serializer of the user's own.
     *
     * @param serializer its class name
     */
    record Custom(String className, String serializer) implements TypeSchema {}

    /** @param definition its index among the definitions of the {@link StateDescription} */
    record Named(int definition) implements TypeSchema {}
}
