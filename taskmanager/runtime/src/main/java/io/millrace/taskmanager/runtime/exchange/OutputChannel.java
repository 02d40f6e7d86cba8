package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of one channel as a task sees it. It takes everything it is given: what the channel has no room for
 * waits here, and the task's {@link Brake} is on until it is gone. For the slot's thread.
 */
public abstract class OutputChannel implements Outlet {
    private final Brake brake;
    private boolean blocked;
    private long records;
    private long bytes;

    OutputChannel(Brake brake) {
        this.brake = brake;
    }

    /** Takes one element; one that may change is copied or written before this returns. */
    public abstract void element(Object value, long timestamp);

    /** Takes one control element, with its number or {@code NO_TIMESTAMP}. */
    public abstract void control(Control control, long timestamp);

    /** The next event that the consumer sent back, or null. */
    public abstract byte @Nullable [] pollBackEvent();

    /** Elements handed over so far. */
    public final long records() {
        return records;
    }

    /** Bytes handed over so far; 0 inside a process. */
    public final long bytes() {
        return bytes;
    }

    public final boolean isBlocked() {
        return blocked;
    }

    final void count(long moreRecords, long moreBytes) {
        records += moreRecords;
        bytes += moreBytes;
    }

    /** Says how much more waits here because there is no room. The last thing to do with an element. */
    final void overflowed(long moreBytes) {
        brake.overflowed(moreBytes);
    }

    final void setBlocked(boolean nowBlocked) {
        if (nowBlocked != blocked) {
            blocked = nowBlocked;
            if (nowBlocked) {
                brake.outputBlocked();
            } else {
                brake.outputFreed();
            }
        }
    }
}
