package io.millrace.deploy.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one manifest as an API server with strict field validation would: a kind that does not exist, an unknown field,
 * a value of another type than the model's and a quantity that is none are problems.
 */
final class StrictModel {
    private static final String MODEL_PACKAGE = "io.fabric8.kubernetes.api.model";
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /**
     * What came of a manifest.
     *
     * @param resource null if it could not be read at all
     */
    record Reading(@Nullable HasMetadata resource, List<String> problems) {}

    private final List<String> problems = new ArrayList<>();

    private StrictModel() {}

    /** @param place for messages: the file */
    static Reading read(Map<?, ?> document, String place) {
        StrictModel model = new StrictModel();
        String start = place + " " + document.get("kind");
        HasMetadata resource;
        try {
            Object read = SERIALIZATION.unmarshal(Yaml.write(document));
            if (!(read instanceof HasMetadata known) || read instanceof GenericKubernetesResource) {
                return new Reading(null, List.of(start + ": no kind of the Kubernetes API"));
            }
            resource = known;
        } catch (IllegalArgumentException e) {
            return new Reading(null, List.of(start + ": " + e.getMessage()));
        }
        model.walk(resource, start);
        model.compare(document, SERIALIZATION.unmarshal(SERIALIZATION.asJson(resource), Map.class), start);
        return new Reading(resource, List.copyOf(model.problems));
    }

    /** The model keeps what it does not know in additionalProperties; so a field there is an unknown one. */
    private void walk(@Nullable Object value, String path) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), path + "[" + i + "]");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> walk(entry, path + "." + key));
        } else if (value instanceof Quantity quantity) {
            checkQuantity(quantity, path);
        } else if (value != null && value.getClass().getName().startsWith(MODEL_PACKAGE)) {
            walkProperties(value, path);
        }
    }

    private void walkProperties(Object bean, String path) {
        for (Method method : bean.getClass().getMethods()) {
            boolean getter = method.getName().startsWith("get")
                    && method.getParameterCount() == 0
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getDeclaringClass().getName().startsWith(MODEL_PACKAGE);
            if (!getter) {
                continue;
            }
            Object value = call(method, bean);
            if (!method.getName().equals("getAdditionalProperties")) {
                String name = method.getName().substring(3, 4).toLowerCase(java.util.Locale.ROOT)
                        + method.getName().substring(4);
                walk(value, path + "." + name);
            } else if (value instanceof Map<?, ?> unknown) {
                unknown.keySet().forEach(key -> problems.add(path + "." + key + ": unknown field"));
            }
        }
    }

    private static @Nullable Object call(Method method, Object bean) {
        try {
            return method.invoke(bean);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + method, e);
        }
    }

    private void checkQuantity(Quantity quantity, String path) {
        try {
            if (quantity.getNumericalAmount().signum() < 0) {
                problems.add(path + ": a quantity below zero: " + quantity);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(path + ": not a quantity: '" + quantity.getAmount() + quantity.getFormat() + "'");
        }
    }

    /** The reader turns a number into text and back where the model wants it; an API server refuses that. */
    private void compare(@Nullable Object given, @Nullable Object understood, String path) {
        if (given instanceof Map<?, ?> map) {
            Map<?, ?> other = understood instanceof Map<?, ?> entries ? entries : Map.of();
            map.forEach((key, value) -> compare(value, other.get(key), path + "." + key));
        } else if (given instanceof List<?> list) {
            List<?> other = understood instanceof List<?> entries ? entries : List.of();
            for (int i = 0; i < list.size(); i++) {
                compare(list.get(i), i < other.size() ? other.get(i) : null, path + "[" + i + "]");
            }
        } else if (!Objects.equals(given, understood)) {
            problems.add(path + ": given is " + described(given) + ", understood is " + described(understood));
        }
    }

    private static String described(@Nullable Object value) {
        return value == null ? "nothing" : value.getClass().getSimpleName() + " '" + value + "'";
    }
}
