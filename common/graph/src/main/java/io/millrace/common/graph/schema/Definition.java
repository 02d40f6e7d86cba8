package io.millrace.common.graph.schema;

import io.millrace.common.core.error.Check;
import java.util.List;
import java.util.Optional;

/** The layout of a type that has a name. */
public sealed interface Definition {

    /** Binary name of the class. */
    String className();

    /** What kind of class the fields belong to. Says nothing about how they are written. */
    enum Form {
        RECORD,
        CLASS,
        TUPLE
    }

    /**
     * @param isPrimitive whether it can never be null
     * @param type of a primitive that of its box
     */
    record Field(String name, boolean isPrimitive, TypeSchema type) {}

    /**
     * Fields one after the other.
     *
     * @param isOpen whether values may be of a subclass, which each value then says
     * @param fields in the order in which they are written
     */
    record Composite(Form form, String className, boolean isOpen, List<Field> fields) implements Definition {
        public Composite {
            fields = List.copyOf(fields);
        }

        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /** @param constants by their ordinals */
    record Enumeration(String className, List<String> constants) implements Definition {
        public Enumeration {
            constants = List.copyOf(constants);
        }
    }

    /**
     * A sealed type.
     *
     * @param members by the index that is written; each a {@link TypeSchema.Named}
     */
    record Union(String className, List<TypeSchema> members) implements Definition {
        public Union {
            members = List.copyOf(members);
            members.forEach(member ->
                    Check.argument(member instanceof TypeSchema.Named, "A member of a sealed type has a name"));
        }
    }
}
