package io.millrace.api.plan.builder;

import io.millrace.api.util.OutputTag;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an object that cannot be serialized is reached from one that was to be.
 *
 * @param steps from the outermost object inwards
 * @param culprit the class that is not {@link Serializable}
 */
record SerializationPath(List<Step> steps, Class<?> culprit) {
    private static final int MAX_DEPTH = 500;
    /** Steps through these say nothing to a job's author. */
    private static final Set<String> ENGINES = Set.of("io.millrace.api.plan", "io.millrace.api.functions.builtin");

    /**
     * One reference.
     *
     * @param owner the object that holds it
     * @param field the field it is in; null for an element of a collection or a value that a lambda captured
     * @param label for people
     * @param outer whether it leads to the object that the function was written in
     */
    record Step(Object owner, @Nullable Field field, String label, boolean outer) {

        static Step toField(Object owner, Field field) {
            String declaring = field.getDeclaringClass().getName();
            String label = declaring.substring(declaring.lastIndexOf('.') + 1) + "." + field.getName();
            return new Step(
                    owner, field, label, field.isSynthetic() && field.getName().startsWith("this$"));
        }
    }

    /** The path to the first such object in the order of fields; empty if none is found. */
    static Optional<SerializationPath> toUnserializable(Object root) {
        Search search = new Search();
        return search.visit(root, 0)
                ? Optional.of(new SerializationPath(List.copyOf(search.steps), search.culprit))
                : Optional.empty();
    }

    boolean leavesThroughOuter() {
        return steps.stream().anyMatch(Step::outer);
    }

    /** Such as {@code MyJob$1.this$0 -> MyJob.client (java.net.Socket)}. */
    String render() {
        List<String> labels = steps.stream()
                .filter(step -> !isEngines(step.owner().getClass()))
                .map(Step::label)
                .toList();
        String name = culprit.getTypeName();
        return labels.isEmpty() ? name : String.join(" -> ", labels) + " (" + name + ")";
    }

    private static boolean isEngines(Class<?> type) {
        return ENGINES.contains(type.getPackageName());
    }

    /** A depth-first search through what serialization would follow. */
    private static final class Search {
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<Step> steps = new ArrayList<>();
        private Class<?> culprit = Object.class;

        boolean visit(@Nullable Object value, int depth) {
            if (value == null
                    || depth > MAX_DEPTH
                    || value instanceof Class
                    || value instanceof Enum
                    || !seen.add(value)) {
                return false;
            }
            if (!(value instanceof Serializable)) {
                culprit = value.getClass();
                return true;
            }
            Optional<SerializedLambda> lambda =
                    value.getClass().isSynthetic() ? LambdaTypes.serializedForm(value) : Optional.empty();
            if (lambda.isPresent()) {
                return visitCaptured(value, lambda.get(), depth);
            }
            if (value instanceof Object[] array) {
                return visitAll(value, java.util.Arrays.asList(array), depth);
            }
            if (value instanceof Collection<?> collection) {
                return visitAll(value, collection, depth);
            }
            if (value instanceof Map<?, ?> map) {
                return visitAll(value, map.keySet(), depth) || visitAll(value, map.values(), depth);
            }
            return visitFields(value, depth);
        }

        private boolean visitCaptured(Object owner, SerializedLambda lambda, int depth) {
            String in = lambda.getCapturingClass()
                    .substring(lambda.getCapturingClass().lastIndexOf('/') + 1);
            for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
                Object captured = lambda.getCapturedArg(i);
                boolean outer = captured != null
                        && captured.getClass()
                                .getName()
                                .equals(lambda.getCapturingClass().replace('/', '.'));
                String label = "lambda in " + in + (outer ? ".this" : ", captured value " + (i + 1));
                if (follow(new Step(owner, null, label, outer), captured, depth)) {
                    return true;
                }
            }
            return false;
        }

        private boolean visitAll(Object owner, Iterable<?> elements, int depth) {
            int index = 0;
            for (Object element : elements) {
                String label = owner.getClass().getSimpleName() + "[" + index + "]";
                if (follow(new Step(owner, null, label, false), element, depth)) {
                    return true;
                }
                index++;
            }
            return false;
        }

        private boolean visitFields(Object owner, int depth) {
            if (owner instanceof Externalizable || owner instanceof OutputTag) {
                return false;
            }
            for (Class<?> type = owner.getClass(); type != null && isOpen(type); type = type.getSuperclass()) {
                if (!Serializable.class.isAssignableFrom(type) || writesItself(type)) {
                    continue;
                }
                for (Field field : type.getDeclaredFields()) {
                    boolean written = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
                    if (written && !field.getType().isPrimitive() && followField(owner, field, depth)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean followField(Object owner, Field field, int depth) {
            try {
                field.setAccessible(true);
                return follow(Step.toField(owner, field), field.get(owner), depth);
            } catch (IllegalAccessException | RuntimeException e) {
                // A class that is closed to reflection: the plain message of serialization must do.
                return false;
            }
        }

        private boolean follow(Step step, @Nullable Object target, int depth) {
            steps.add(step);
            if (visit(target, depth + 1)) {
                return true;
            }
            steps.remove(steps.size() - 1);
            return false;
        }

        /** Classes of the JDK neither let reflection in nor hold users' objects, but for collections. */
        private static boolean isOpen(Class<?> type) {
            return type.getClassLoader() != null && type.getClassLoader() != ClassLoader.getPlatformClassLoader();
        }

        private static boolean writesItself(Class<?> type) {
            return java.util.Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals("writeObject"));
        }
    }
}
