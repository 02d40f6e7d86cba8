package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that bring their class along. In front of each stands a variable-length number: a fixed kind of
 * {@link DynamicKinds}, or 0 and a class name, or a number of the dictionary, which grows by the next higher number
 * with the class name behind it. Writer and reader grow their dictionaries alike, so a reader sees every byte of its
 * writer. For state the dictionary stays empty.
 *
 * <p>Values inside a dynamic value that are dynamic themselves come back to this serializer and share its dictionary.
 */
final class DynamicSerializer extends TypeSerializer<Object> {
    static final int MAX_LEVELS = 500;
    static final int FIRST_FIXED = 1;
    static final int FIRST_DICTIONARY = 64;
    private static final int NAMED = 0;
    private static final int MAX_DICTIONARY = 4096;

    private final SerializerScope scope;
    private final Class<?> bound;
    private final String path;
    private final Map<Class<?>, Entry> byClass = new HashMap<>();
    private final Map<String, Entry> byName = new HashMap<>();
    private final @Nullable Entry[] fixed = new @Nullable Entry[DynamicKinds.fixedCount()];
    private final List<Entry> readDictionary = new ArrayList<>();
    private int writtenDictionary;
    private @Nullable Class<?> lastClass;
    private @Nullable Entry lastEntry;
    private int level;

    /** What is known of one type of values: how it is announced and written. */
    private static final class Entry {
        final TypeSerializer<Object> serializer;
        final String className;
        int number;
        boolean announced;

        Entry(TypeSerializer<Object> serializer, String className, int number, boolean announced) {
            this.serializer = serializer;
            this.className = className;
            this.number = number;
            this.announced = announced;
        }
    }

    DynamicSerializer(SerializerScope scope, Class<?> bound, String path) {
        this.scope = scope;
        this.bound = bound;
        this.path = path;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Object copy(Object value) {
        enter();
        try {
            return entryOf(value.getClass()).serializer.copy(value);
        } finally {
            level--;
        }
    }

    @Override
    public void serialize(Object value, BinaryWriter out) {
        enter();
        try {
            Entry entry = entryOf(value.getClass());
            if (entry.announced) {
                out.writeVarInt(entry.number);
            } else {
                announce(entry, out);
            }
            entry.serializer.serialize(value, out);
        } finally {
            level--;
        }
    }

    @Override
    public Object deserialize(BinaryReader in) {
        enter();
        try {
            Object value = readEntry(in).serializer.deserialize(in);
            if (!bound.isInstance(value)) {
                throw ValueRefusals.damaged(
                        "A " + value.getClass().getName() + " stands where only " + bound.getName() + " can be", path);
            }
            return value;
        } finally {
            level--;
        }
    }

    @Override
    public TypeSerializer<Object> duplicate() {
        return new DynamicSerializer(scope, bound, path);
    }

    private void enter() {
        if (level >= MAX_LEVELS) {
            throw ValueRefusals.tooDeep(MAX_LEVELS, path);
        }
        level++;
    }

    private void announce(Entry entry, BinaryWriter out) {
        if (scope.isSelfContained() || writtenDictionary == MAX_DICTIONARY) {
            out.writeVarInt(NAMED);
        } else {
            entry.number = FIRST_DICTIONARY + writtenDictionary;
            entry.announced = true;
            writtenDictionary++;
            out.writeVarInt(entry.number);
        }
        out.writeString(entry.className);
    }

    private Entry entryOf(Class<?> found) {
        Entry known = lastEntry;
        if (found == lastClass && known != null) {
            return known;
        }
        Entry entry = byClass.get(found);
        if (entry == null) {
            TypeInformation<?> type = DynamicKinds.of(found, path);
            int number = DynamicKinds.numberOf(type);
            entry = number >= 0 ? fixedEntry(number) : newEntry(type);
            byClass.put(found, entry);
        }
        lastClass = found;
        lastEntry = entry;
        return entry;
    }

    private Entry readEntry(BinaryReader in) {
        int number = in.readVarInt();
        if (number == NAMED) {
            return namedEntry(in.readString());
        }
        if (number >= FIRST_FIXED && number < FIRST_FIXED + fixed.length) {
            return fixedEntry(number - FIRST_FIXED);
        }
        int index = number - FIRST_DICTIONARY;
        if (index < 0 || index > readDictionary.size() || index >= MAX_DICTIONARY) {
            throw ValueRefusals.damaged("Class number " + number + " was never announced", path);
        }
        if (index == readDictionary.size()) {
            readDictionary.add(namedEntry(in.readString()));
        }
        return readDictionary.get(index);
    }

    private Entry fixedEntry(int index) {
        Entry entry = fixed[index];
        if (entry == null) {
            TypeSerializer<Object> serializer = scope.dynamicPart(DynamicKinds.fixed(index), this, path);
            entry = new Entry(serializer, "", FIRST_FIXED + index, true);
            fixed[index] = entry;
        }
        return entry;
    }

    private Entry namedEntry(String className) {
        Entry entry = byName.get(className);
        if (entry == null) {
            entry = newEntry(DynamicKinds.of(scope.resolve(className, path), path));
            byName.put(className, entry);
        }
        return entry;
    }

    private Entry newEntry(TypeInformation<?> type) {
        if (scope.isSelfContained()) {
            scope.classes().addNamedInState(type);
        }
        TypeSerializer<Object> serializer = scope.dynamicPart(type, this, path);
        return new Entry(serializer, type.getTypeClass().getName(), 0, false);
    }
}
