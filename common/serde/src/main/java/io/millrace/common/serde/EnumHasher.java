package io.millrace.common.serde;

import io.millrace.api.types.EnumType;
import io.millrace.api.types.KeyHash;
import io.millrace.api.types.KeyHasher;

/** Enum constants by name, because ordinals change when constants are added. */
@SuppressWarnings("EnumOrdinal") // an index into an array made by this process
final class EnumHasher extends KeyHasher<Enum<?>> {
    private final int[] hashes;

    EnumHasher(EnumType<?> type) {
        Enum<?>[] constants = (Enum<?>[]) type.enumClass().getEnumConstants();
        hashes = new int[constants.length];
        for (Enum<?> constant : constants) {
            hashes[constant.ordinal()] = KeyHash.ofString(constant.name());
        }
    }

    @Override
    public int hash(Enum<?> key) {
        return hashes[key.ordinal()];
    }

    @Override
    public boolean equal(Enum<?> a, Enum<?> b) {
        return a == b;
    }
}
