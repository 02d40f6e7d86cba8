package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.EnumType;

/** Enum constants as the variable-length int of their ordinal. */
@SuppressWarnings("EnumOrdinal") // both ends have the same class; state that outlives it keeps the names in its schema
final class EnumSerializer extends ImmutableSerializer<Enum<?>> {
    private final Enum<?>[] constants;
    private final String path;

    EnumSerializer(EnumType<?> type, String path) {
        this.constants = (Enum<?>[]) type.enumClass().getEnumConstants();
        this.path = path;
    }

    @Override
    public void serialize(Enum<?> value, BinaryWriter out) {
        out.writeVarInt(value.ordinal());
    }

    @Override
    public Enum<?> deserialize(BinaryReader in) {
        int ordinal = in.readVarInt();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw ValueRefusals.damaged(
                    "Enum constant " + ordinal + " of " + constants.length + " does not exist", path);
        }
        return constants[ordinal];
    }
}
