package io.millrace.common.serde;

import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;
import java.util.List;

/** Values of sealed types: the name of the member's class, then the value as that member. */
final class SealedHasher extends KeyHasher<Object> {
    private final List<Class<?>> members;
    private final List<KeyHasher<Object>> hashers;
    private final int[] nameHashes;
    private final String path;

    SealedHasher(List<Class<?>> members, List<KeyHasher<Object>> hashers, String path) {
        this.members = members;
        this.hashers = hashers;
        this.path = path;
        this.nameHashes = members.stream()
                .mapToInt(member -> KeyHash.ofString(member.getName()))
                .toArray();
    }

    @Override
    public int hash(Object key) {
        int index = indexOf(key);
        return KeyHash.combine(
                KeyHash.combine(2, nameHashes[index]), hashers.get(index).hash(key));
    }

    @Override
    public boolean equal(Object a, Object b) {
        int index = indexOf(a);
        return index == indexOf(b) && hashers.get(index).equal(a, b);
    }

    private int indexOf(Object key) {
        Class<?> found = key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
        int index = members.indexOf(found);
        if (index < 0) {
            throw ValueRefusals.unsupportedClass(found, path);
        }
        return index;
    }
}
