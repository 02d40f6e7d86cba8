package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.entries.Bits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to a table between two moments: those that went apply before those that changed. Nobody changes it.
 *
 * @param changed numbers whose entry or its content is another
 * @param gone keys of entries that went, in blocks
 * @param goneEntries how many those are
 */
record Changes(Bits changed, List<ByteBuffer> gone, long goneEntries) {

    /** Both, if {@code before} happened first. */
    Changes after(Changes before) {
        Bits all = new Bits();
        all.addAll(before.changed);
        all.addAll(changed);
        List<ByteBuffer> allGone = new ArrayList<>(before.gone);
        allGone.addAll(gone);
        return new Changes(all, allGone, before.goneEntries + goneEntries);
    }

    int count() {
        return (int) Math.min(Integer.MAX_VALUE, changed.count() + goneEntries);
    }
}
