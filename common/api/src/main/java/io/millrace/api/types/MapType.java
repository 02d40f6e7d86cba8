package io.millrace.api.types;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map. Keys and values may be null where the instance class allows it. A value that was copied or read back is an
 * instance of {@link #instanceClass}, in the iteration order of the original, whatever class the original had.
 */
public record MapType<T>(Class<T> declaredClass, TypeInformation<?> key, TypeInformation<?> value)
        implements TypeInformation<T> {
    private static final Map<Class<?>, Class<?>> INSTANCES = Map.of(
            Map.class, LinkedHashMap.class,
            HashMap.class, HashMap.class,
            LinkedHashMap.class, LinkedHashMap.class,
            SortedMap.class, TreeMap.class,
            NavigableMap.class, TreeMap.class,
            TreeMap.class, TreeMap.class);

    /** @throws IllegalArgumentException if {@code declaredClass} is not {@link #isSupported} */
    public MapType {
        if (!isSupported(declaredClass)) {
            throw new IllegalArgumentException(declaredClass.getName() + " is not a supported map");
        }
    }

    /** Whether a field of this class is a map with a serializer. */
    public static boolean isSupported(Class<?> declaredClass) {
        return INSTANCES.containsKey(declaredClass);
    }

    /**
     * What is created on read and copy: {@code LinkedHashMap} for {@code Map}, {@code TreeMap} in natural order for the
     * sorted ones, and the class itself where a class was declared.
     */
    public Class<?> instanceClass() {
        return INSTANCES.get(declaredClass);
    }

    @Override
    public Class<T> getTypeClass() {
        return declaredClass;
    }

    @Override
    public String describe() {
        return declaredClass.getSimpleName() + "<" + key.describe() + ", " + value.describe() + ">";
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.map(this);
    }
}
