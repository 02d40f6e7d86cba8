package io.millrace.api.functions.builtin;

import io.millrace.api.tuple.Tuple;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads one field of a class, and makes copies that differ in this field only. */
sealed interface FieldAccess {

    Object get(Object element) throws Exception;

    /** A copy of {@code element} that differs in this field; other fields are shared. */
    Object with(Object element, Number value) throws Exception;

    /**
     * @param field a position, or a name
     * @throws io.millrace.common.core.error.MillraceException {@code FIELD_NOT_SUMMABLE} if there is no such field or
     *     it is no number
     */
    static FieldAccess find(Class<?> type, String field) {
        boolean position = !field.isEmpty() && Character.isDigit(field.charAt(0));
        if (Number.class.isAssignableFrom(type) && field.equals("0")) {
            return new Itself();
        }
        if (Tuple.class.isAssignableFrom(type) && (position || field.matches("f\\d+"))) {
            return OfTuple.find(type, field, Integer.parseInt(position ? field : field.substring(1)));
        }
        if (position) {
            throw SummedField.notSummable(field, type, "only tuples have fields by position");
        }
        return type.isRecord() ? OfRecord.find(type, field) : OfObject.find(type, field);
    }

    private static void checkNumber(Class<?> fieldType, String field, Class<?> type) {
        Class<?> boxed =
                java.lang.invoke.MethodType.methodType(fieldType).wrap().returnType();
        if (!Numbers.isSummable(boxed) && boxed != Number.class && boxed != Object.class) {
            throw SummedField.notSummable(field, type, "it is a " + fieldType.getTypeName());
        }
    }

    private static <X extends AccessibleObject> X open(X member) {
        member.setAccessible(true);
        return member;
    }

    private static Exception causeOf(InvocationTargetException e) {
        return e.getCause() instanceof Exception cause ? cause : e;
    }

    /** A number as the element. */
    record Itself() implements FieldAccess {
        @Override
        public Object get(Object element) {
            return element;
        }

        @Override
        public Object with(Object element, Number value) {
            return value;
        }
    }

    /** A field of a tuple. */
    record OfTuple(int position) implements FieldAccess {
        static OfTuple find(Class<?> type, String field, int position) {
            int arity = type.getTypeParameters().length;
            if (position >= arity) {
                throw SummedField.notSummable(field, type, "it has " + arity + " fields, the first one is 0");
            }
            return new OfTuple(position);
        }

        @Override
        public Object get(Object element) {
            return ((Tuple) element).getField(position);
        }

        @Override
        public Object with(Object element, Number value) {
            Tuple copy = ((Tuple) element).copy();
            copy.setField(value, position);
            return copy;
        }
    }

    /** A component of a record. */
    record OfRecord(List<Method> accessors, int index, Constructor<?> constructor) implements FieldAccess {
        static OfRecord find(Class<?> type, String field) {
            RecordComponent[] components = type.getRecordComponents();
            List<String> names =
                    Arrays.stream(components).map(RecordComponent::getName).toList();
            int index = names.indexOf(field);
            if (index < 0) {
                throw SummedField.notSummable(field, type, "its components are " + String.join(", ", names));
            }
            checkNumber(components[index].getType(), field, type);
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            List<Method> accessors = Arrays.stream(components)
                    .map(component -> open(component.getAccessor()))
                    .toList();
            try {
                return new OfRecord(accessors, index, open(type.getDeclaredConstructor(types)));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("A record without its canonical constructor: " + type, e);
            }
        }

        @Override
        public Object get(Object element) throws Exception {
            try {
                return accessors.get(index).invoke(element);
            } catch (InvocationTargetException e) {
                throw causeOf(e);
            }
        }

        @Override
        public Object with(Object element, Number value) throws Exception {
            Object[] values = new Object[accessors.size()];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = i == index ? value : accessors.get(i).invoke(element);
                }
                return constructor.newInstance(values);
            } catch (InvocationTargetException e) {
                throw causeOf(e);
            }
        }
    }

    /** A field of a class with a constructor without arguments. */
    record OfObject(Field field, List<Field> all, Constructor<?> constructor) implements FieldAccess {
        static OfObject find(Class<?> type, String name) {
            List<Field> all = new ArrayList<>();
            for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
                for (Field field : level.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        all.add(field);
                    }
                }
            }
            Field found = all.stream()
                    .filter(field -> field.getName().equals(name) && isProperty(field))
                    .findFirst()
                    .orElseThrow(() -> SummedField.notSummable(
                            name, type, "there is no public field and no getter and setter of this name"));
            checkNumber(found.getType(), name, type);
            try {
                Constructor<?> constructor = open(type.getDeclaredConstructor());
                all.forEach(FieldAccess::open);
                return new OfObject(found, all, constructor);
            } catch (NoSuchMethodException e) {
                throw SummedField.notSummable(name, type, "the class has no constructor without arguments");
            }
        }

        private static boolean isProperty(Field field) {
            String suffix = field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                    + field.getName().substring(1);
            List<String> methods = Arrays.stream(field.getDeclaringClass().getMethods())
                    .map(Method::getName)
                    .toList();
            return Modifier.isPublic(field.getModifiers())
                    || (methods.contains("get" + suffix) && methods.contains("set" + suffix));
        }

        @Override
        public Object get(Object element) throws Exception {
            return field.get(element);
        }

        @Override
        public Object with(Object element, Number value) throws Exception {
            try {
                Object copy = constructor.newInstance();
                for (Field each : all) {
                    each.set(copy, each.equals(field) ? value : each.get(element));
                }
                return copy;
            } catch (InvocationTargetException e) {
                throw causeOf(e);
            }
        }
    }
}
