package io.millrace.taskmanager.runtime.rig;

import io.millrace.taskmanager.runtime.sink.JobOutputs;

/** Collected results with as much room as a test gives. */
public final class RoomyResults implements JobOutputs.Results {
    private long room;
    private long taken;
    private int flushes;

    public RoomyResults(long room) {
        this.room = room;
    }

    public void makeRoom(long more) {
        room = more;
    }

    public long taken() {
        return taken;
    }

    public int flushes() {
        return flushes;
    }

    @Override
    public boolean hasRoom() {
        return taken < room;
    }

    @Override
    public void add(byte[] bytes, int offset, int length) {
        taken++;
    }

    @Override
    public void flush() {
        flushes++;
    }
}
