package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;

/**
 * A piece of one subtask's snapshot that is read as a whole: blocks that follow one another in a segment file.
 *
 * @param state the name of the state; empty for kinds of which an operator has one
 * @param fromGroup first key group, from 0
 * @param toGroup first key group beyond; equal to {@code fromGroup} for kinds without keys
 * @param file index of its file in the manifest
 * @param offset of its first block in the file, in bytes
 * @param length of all its blocks in bytes; 0 if it holds nothing
 * @param entries how many entries it holds
 */
public record StatePart(
        PartKind kind, String state, int fromGroup, int toGroup, int file, long offset, long length, long entries) {
    public StatePart {
        Check.argument(
                0 <= fromGroup && fromGroup <= toGroup,
                "Key groups of a part run from " + fromGroup + " to " + toGroup);
        Check.argument(file >= 0 && offset >= 0 && length >= 0 && entries >= 0, "A part has a negative number");
        Check.argument(offset <= Long.MAX_VALUE - length, "A part ends beyond every file");
    }

    /** In its file, in bytes. */
    public long end() {
        return offset + length;
    }
}
