package io.millrace.common.serde;

import io.millrace.api.types.CollectionType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The collection classes that are created on read and copy. */
enum CollectionKind {
    ARRAY_LIST(ArrayList.class),
    LINKED_LIST(LinkedList.class),
    HASH_SET(HashSet.class),
    LINKED_HASH_SET(LinkedHashSet.class),
    TREE_SET(TreeSet.class),
    ARRAY_DEQUE(ArrayDeque.class);

    private final Class<?> instanceClass;

    CollectionKind(Class<?> instanceClass) {
        this.instanceClass = instanceClass;
    }

    static CollectionKind of(CollectionType<?> type) {
        for (CollectionKind kind : values()) {
            if (kind.instanceClass == type.instanceClass()) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No collection is created as " + type.instanceClass());
    }

    @SuppressWarnings("JdkObsolete") // a LinkedList is what was declared, or a Deque that may hold nulls
    Collection<@Nullable Object> create(int size) {
        return switch (this) {
            case ARRAY_LIST -> new ArrayList<>(size);
            case LINKED_LIST -> new LinkedList<>();
            case HASH_SET -> new HashSet<>(Counts.tableCapacity(size));
            case LINKED_HASH_SET -> new LinkedHashSet<>(Counts.tableCapacity(size));
            case TREE_SET -> new TreeSet<>();
            case ARRAY_DEQUE -> new ArrayDeque<>(size + 1);
        };
    }
}
