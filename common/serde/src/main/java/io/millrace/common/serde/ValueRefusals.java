package io.millrace.common.serde;

import io.millrace.api.types.TypeErrors;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.schema.SchemaErrors;

/** The words with which single values are refused. The operator adds the user's line. */
final class ValueRefusals {

    private ValueRefusals() {}

    /** A value whose class is not one that the declared type can carry. */
    static MillraceException unsupportedClass(Class<?> found, String path) {
        return Problem.of(TypeErrors.TYPE_NOT_SERIALIZABLE, "No serializer for a value of " + found.getName())
                .at(path)
                .because("Its class cannot be rebuilt from its parts in another process")
                .fix("Use a record, a class with a constructor without arguments or a standard type of the JDK instead")
                .asException();
    }

    static MillraceException comparator(Class<?> found, String path) {
        return Problem.of(
                        TypeErrors.TYPE_NOT_SERIALIZABLE,
                        "No serializer for a " + found.getSimpleName() + " with a comparator")
                .at(path)
                .because("The order of its comparator cannot be rebuilt in another process")
                .fix("Use the natural order, or a List or LinkedHashMap that is already sorted")
                .asException();
    }

    static MillraceException tooDeep(int limit, String path) {
        return Problem.of(
                        TypeErrors.VALUE_NESTED_TOO_DEEP, "A value contains itself over more than " + limit + " levels")
                .at(path)
                .because("Every level takes stack, and a cycle would have no end")
                .fix("Keep long chains in a List instead of linking their parts")
                .asException();
    }

    static MillraceException damaged(String what, String path) {
        return Problem.of(TypeErrors.VALUE_DAMAGED, what)
                .at(path)
                .because("The bytes were not written by a serializer of this type and version")
                .asException();
    }

    /** What an older version of a type had and today's has not. */
    static MillraceException goneWhenMet(String what, String className) {
        return Problem.of(SchemaErrors.STATE_INCOMPATIBLE, what + " is in the snapshot and no longer in the job")
                .at(className)
                .because("The value was written by an earlier version of the job")
                .fix("Put it back, at least until no state has it any more")
                .asException();
    }

    static MillraceException unknownClass(String className, String path, Throwable cause) {
        return Problem.of(TypeErrors.TYPE_NOT_SERIALIZABLE, "The class " + className + " of a value cannot be loaded")
                .at(path)
                .because(String.valueOf(cause))
                .fix("Put the class and what it needs into the jar of the job")
                .asException(cause);
    }

    static MillraceException customSerializer(
            Class<?> serializerClass, String path, ReflectiveOperationException cause) {
        return Problem.of(
                        TypeErrors.TYPE_NOT_SERIALIZABLE,
                        "The serializer " + serializerClass.getName() + " cannot be created")
                .at(path)
                .because(String.valueOf(cause.getCause() == null ? cause : cause.getCause()))
                .fix("Make it a public class with a public constructor without arguments")
                .asException(cause);
    }

    /** A class that does not let generated code in. */
    static MillraceException closedModule(Class<?> type, IllegalAccessException cause) {
        return Problem.of(TypeErrors.TYPE_NOT_SERIALIZABLE, "No serializer for " + type.getName())
                .because("Its module " + type.getModule().getName() + " is not open: " + cause.getMessage())
                .fix("Add \"opens " + type.getPackageName() + ";\" to the module-info.java of the job")
                .asException(cause);
    }
}
