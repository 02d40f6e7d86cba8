package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that bring their class along: the name of the class they are written as, then the value as that class. So the
 * int 1 and the long 1 are different keys. Any thread, hence the concurrent map; it belongs to one hasher of one job.
 */
final class DynamicHasher extends KeyHasher<Object> {
    private final GeneratedClasses classes;
    private final String path;
    private final ConcurrentHashMap<Class<?>, Entry> byClass = new ConcurrentHashMap<>();

    private record Entry(TypeInformation<?> type, int nameHash, KeyHasher<Object> hasher) {}

    DynamicHasher(GeneratedClasses classes, String path) {
        this.classes = classes;
        this.path = path;
    }

    @Override
    public int hash(Object key) {
        Entry entry = entryOf(key);
        return KeyHash.combine(KeyHash.combine(2, entry.nameHash), entry.hasher.hash(key));
    }

    @Override
    public boolean equal(Object a, Object b) {
        Entry entry = entryOf(a);
        return (a.getClass() == b.getClass() || entry.type.equals(entryOf(b).type)) && entry.hasher.equal(a, b);
    }

    private Entry entryOf(Object key) {
        Entry entry = byClass.get(key.getClass());
        return entry != null ? entry : newEntry(key.getClass());
    }

    @SuppressWarnings("unchecked") // found by the class of the key
    private Entry newEntry(Class<?> found) {
        TypeInformation<?> type = DynamicKinds.of(found, path);
        KeyHasher<?> hasher = new HasherBuilder(classes, this).build(type, path + " holding " + type.describe());
        int nameHash = KeyHash.ofString(type.getTypeClass().getName());
        Entry entry = new Entry(type, nameHash, (KeyHasher<Object>) hasher);
        byClass.put(found, entry);
        return entry;
    }
}
