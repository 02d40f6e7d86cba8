package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;

/**
 * What a block of entries begins with.
 *
 * @param removals whether its entries are those that went, told by their keys alone
 * @param slice the end of the slice that the entries belong to; 0 where there are no slices
 */
public record BlockHeader(boolean removals, long slice) {
    private static final int PRESENT = 1;
    private static final int REMOVED = 2;

    public static BlockHeader read(BinaryReader in) {
        int kind = in.readByte();
        if (kind != PRESENT && kind != REMOVED) {
            throw new IndexOutOfBoundsException("A block of state begins with " + kind);
        }
        return new BlockHeader(kind == REMOVED, in.readLong());
    }

    public void write(BinaryWriter out) {
        out.writeByte(removals ? REMOVED : PRESENT);
        out.writeLong(slice);
    }
}
