package io.millrace.common.rpc;

import io.millrace.common.core.id.Epoch;

/**
 * The newest leader that a process has heard of. A message of an older one is refused and answered with
 * {@link #newest}. Belongs to one thread.
 */
public final class EpochFence {
    private Epoch newest;

    /** @param newest what is known so far; epoch 0 before the first leader */
    public EpochFence(Epoch newest) {
        this.newest = newest;
    }

    public Epoch newest() {
        return newest;
    }

    /**
     * Whether a message of this epoch may be applied. One of a newer epoch is, and fences all older ones from then on.
     */
    public boolean admits(Epoch epoch) {
        if (epoch.isOlderThan(newest)) {
            return false;
        }
        newest = epoch;
        return true;
    }
}
