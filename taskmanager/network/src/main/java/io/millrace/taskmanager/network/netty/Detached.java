package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.network.wire.FrameSink;

/** The conversation of a connection that nobody uses any more: whatever still happens to it is of no interest. */
enum Detached implements Conversation, FrameSink {
    INSTANCE;

    @Override
    public FrameSink sink() {
        return this;
    }

    @Override
    public void onBroken(Problem problem) {}

    @Override
    public void onLost() {}
}
