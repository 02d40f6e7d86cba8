package io.millrace.api.types;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A collection. Elements may be null where the instance class allows it. A value that was copied or read back is an
 * instance of {@link #instanceClass}, in the iteration order of the original, whatever class the original had.
 */
public record CollectionType<T>(Class<T> declaredClass, TypeInformation<?> element) implements TypeInformation<T> {
    private static final Map<Class<?>, Class<?>> INSTANCES = Map.ofEntries(
            Map.entry(Collection.class, ArrayList.class),
            Map.entry(List.class, ArrayList.class),
            Map.entry(ArrayList.class, ArrayList.class),
            Map.entry(LinkedList.class, LinkedList.class),
            Map.entry(Set.class, LinkedHashSet.class),
            Map.entry(HashSet.class, HashSet.class),
            Map.entry(LinkedHashSet.class, LinkedHashSet.class),
            Map.entry(SortedSet.class, TreeSet.class),
            Map.entry(NavigableSet.class, TreeSet.class),
            Map.entry(TreeSet.class, TreeSet.class),
            Map.entry(Queue.class, LinkedList.class),
            Map.entry(Deque.class, LinkedList.class),
            Map.entry(ArrayDeque.class, ArrayDeque.class));

    /** @throws IllegalArgumentException if {@code declaredClass} is not {@link #isSupported} */
    public CollectionType {
        if (!isSupported(declaredClass)) {
            throw new IllegalArgumentException(declaredClass.getName() + " is not a supported collection");
        }
    }

    /** Whether a field of this class is a collection with a serializer. */
    public static boolean isSupported(Class<?> declaredClass) {
        return INSTANCES.containsKey(declaredClass);
    }

    /**
     * What is created on read and copy: {@code ArrayList} for {@code Collection} and {@code List},
     * {@code LinkedHashSet} for {@code Set}, {@code TreeSet} in natural order for the sorted ones, {@code LinkedList}
     * for {@code Queue} and {@code Deque}, and the class itself where a class was declared.
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
        return declaredClass.getSimpleName() + "<" + element.describe() + ">";
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.collection(this);
    }
}
