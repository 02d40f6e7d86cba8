package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.RandomAccess;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A collection: twice its size plus one bit (1: some elements are null) as a variable-length int, then the elements in
 * iteration order, with the bit each behind a byte 0 for null or 1. A template of {@link GeneratedClasses}.
 */
final class CollectionSerializer extends TypeSerializer<Collection<@Nullable Object>> {
    private final CollectionKind kind;
    private final TypeSerializer<Object> element;
    private final boolean shareElements;
    private final String path;

    CollectionSerializer(CollectionKind kind, TypeSerializer<Object> element, String path) {
        this.kind = kind;
        this.element = element;
        this.shareElements = element.isImmutableType();
        this.path = path;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Collection<@Nullable Object> copy(Collection<@Nullable Object> value) {
        checkOrder(value);
        Collection<@Nullable Object> result = kind.create(value.size());
        if (shareElements) {
            result.addAll(value);
            return result;
        }
        for (Object each : value) {
            result.add(each == null ? null : element.copy(each));
        }
        return result;
    }

    @Override
    public void serialize(Collection<@Nullable Object> value, BinaryWriter out) {
        checkOrder(value);
        if (value instanceof RandomAccess && value instanceof List<@Nullable Object> list) {
            serializeList(list, out);
            return;
        }
        int nulls = 0;
        for (Object each : value) {
            nulls |= each == null ? 1 : 0;
        }
        out.writeVarInt(value.size() << 1 | nulls);
        for (Object each : value) {
            write(each, nulls != 0, out);
        }
    }

    /** By index, without an iterator. */
    private void serializeList(List<@Nullable Object> value, BinaryWriter out) {
        int size = value.size();
        int nulls = 0;
        for (int i = 0; i < size; i++) {
            nulls |= value.get(i) == null ? 1 : 0;
        }
        out.writeVarInt(size << 1 | nulls);
        for (int i = 0; i < size; i++) {
            write(value.get(i), nulls != 0, out);
        }
    }

    private void write(@Nullable Object each, boolean flagged, BinaryWriter out) {
        if (flagged) {
            out.writeBoolean(each != null);
        }
        if (each != null) {
            element.serialize(each, out);
        }
    }

    @Override
    public Collection<@Nullable Object> deserialize(BinaryReader in) {
        int header = in.readVarInt();
        int size = Counts.check(header >>> 1, in);
        boolean flagged = (header & 1) != 0;
        Collection<@Nullable Object> result =
                kind == CollectionKind.ARRAY_LIST ? new ArrayList<>(size) : kind.create(size);
        for (int i = 0; i < size; i++) {
            result.add(flagged && !in.readBoolean() ? null : element.deserialize(in));
        }
        return result;
    }

    @Override
    public TypeSerializer<Collection<@Nullable Object>> duplicate() {
        TypeSerializer<Object> duplicate = element.duplicate();
        return duplicate == element ? this : new CollectionSerializer(kind, duplicate, path);
    }

    /** Refuses an order of iteration that the created collection would not keep up. */
    private void checkOrder(Collection<?> value) {
        if (kind == CollectionKind.TREE_SET && ((SortedSet<?>) value).comparator() != null) {
            throw ValueRefusals.comparator(value.getClass(), path);
        }
        if (value instanceof PriorityQueue<?>) {
            throw ValueRefusals.unsupportedClass(value.getClass(), path);
        }
    }
}
