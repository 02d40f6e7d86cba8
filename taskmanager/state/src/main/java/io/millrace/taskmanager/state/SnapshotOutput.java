package io.millrace.taskmanager.state;

import io.millrace.common.graph.snapshot.PartKind;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes the parts of one operator's keyed state, in the order in which a restore applies them. */
public interface SnapshotOutput {

    /**
     * Takes a new part.
     *
     * @param state the name of the state
     * @param groups that it speaks for
     * @param entries how many it holds
     * @param blocks handed over: nobody changes them afterwards
     * @return the part's index, by which later snapshots {@link #keep} it
     */
    int add(PartKind kind, String state, KeyGroups groups, long entries, List<ByteBuffer> blocks);

    /** A part that was added to the snapshot of an earlier checkpoint belongs to this one, too. */
    void keep(long checkpoint, int part);
}
