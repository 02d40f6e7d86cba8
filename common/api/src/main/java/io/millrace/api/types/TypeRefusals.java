package io.millrace.api.types;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** The words with which a type is refused: what, where, why and the ways out. */
final class TypeRefusals {
    private static final String OWN_SERIALIZER = "or give it a serializer of your own with Types.CUSTOM";

    private TypeRefusals() {}

    static MillraceException platformClass(Class<?> type, String path) {
        return refuse(type, path)
                .because("It is a class of the JDK whose state is not known to be its fields")
                .fix("Use a type that holds the same data (a record, a String, a java.time or a collection type), "
                        + "make the field transient, " + OWN_SERIALIZER)
                .asException();
    }

    static MillraceException unnamedClass(Class<?> type, String path) {
        return refuse(type, path)
                .because("It is an anonymous class or a lambda, which has no name to be found by in another process")
                .fix("Make it a record or a named class")
                .asException();
    }

    static MillraceException innerClass(Class<?> type, String path) {
        return refuse(type, path)
                .because("It is an inner class: each instance belongs to an instance of the class around it")
                .fix("Declare it static, or make it a record")
                .asException();
    }

    static MillraceException ownCollection(Class<?> type, String path) {
        return refuse(type, path)
                .because("It is a collection of its own kind, whose elements are not its fields")
                .fix("Use List, Set, Map or a standard class of java.util, " + OWN_SERIALIZER)
                .asException();
    }

    static MillraceException platformParent(Class<?> type, Class<?> parent, String path) {
        return refuse(type, path)
                .because("It extends " + parent.getName() + ", whose state is not known to be its fields")
                .fix("Hold what is needed in fields instead of extending it, " + OWN_SERIALIZER)
                .asException();
    }

    static MillraceException noConstructor(Class<?> type, Constructor<?>[] constructors, String path) {
        String found = Arrays.stream(constructors)
                .map(constructor -> TypeNames.of(type) + parameters(constructor))
                .collect(Collectors.joining(", "));
        return refuse(type, path)
                .because("The constructor without arguments " + TypeNames.of(type) + "() is missing; there is " + found)
                .fix("Make it a record, or add a constructor without arguments")
                .asException();
    }

    static MillraceException finalField(Field field, String path) {
        return refuse(field.getDeclaringClass(), path)
                .because("Its field " + field.getName() + " is final and cannot be set when a value is read")
                .fix("Make " + TypeNames.of(field.getDeclaringClass()) + " a record, or the field not final")
                .asException();
    }

    static MillraceException hiddenState(Field field, boolean noGetter, boolean noSetter, String path) {
        String name = field.getName();
        String missing = noGetter && noSetter
                ? "no public getter and setter"
                : noGetter ? "no public getter" : "no public setter";
        return refuse(field.getDeclaringClass(), path)
                .because("Its field " + name + " is not public and has " + missing + " of type "
                        + field.getType().getSimpleName())
                .fix("Make " + TypeNames.of(field.getDeclaringClass()) + " a record, add what is missing, or make "
                        + name + " public (or transient if it is not to be kept)")
                .asException();
    }

    static MillraceException hiddenField(Field field, String path) {
        return refuse(field.getDeclaringClass(), path)
                .because("A subclass has a field of the same name " + field.getName())
                .fix("Rename one of the two fields")
                .asException();
    }

    static MillraceException noSuchField(Class<?> type, String name, Collection<String> known) {
        return refuse(type, TypeNames.of(type) + "." + name)
                .because("A type was given for a field that the class does not have; it has " + known)
                .fix("Correct the name")
                .asException();
    }

    static MillraceException endless(TypeInformation<?> type, String path) {
        return refuse(type.getTypeClass(), path)
                .because("It contains itself with ever new type arguments, without end")
                .fix("Give the inner occurrence the same type arguments as the outer one")
                .asException();
    }

    private static Problem refuse(Class<?> type, String path) {
        return Problem.of(TypeErrors.TYPE_NOT_SERIALIZABLE, "No serializer for " + type.getName())
                .at(path);
    }

    private static String parameters(Constructor<?> constructor) {
        return Arrays.stream(constructor.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
