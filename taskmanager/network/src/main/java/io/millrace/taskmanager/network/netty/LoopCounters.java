package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.PublishedLong;
import java.util.List;

/** Totals of one event loop: plain numbers of its thread, published after each batch for whoever reads metrics. */
final class LoopCounters {
    final Counter framesSent = new Counter();
    final Counter bytesSent = new Counter();
    final Counter framesReceived = new Counter();
    final Counter bytesReceived = new Counter();
    final Counter framesDropped = new Counter();
    final Counter reconnects = new Counter();
    final Counter refusals = new Counter();
    final Counter connections = new Counter();
    final Counter ownBuffersInUse = new Counter();
    final Counter creditsOutstanding = new Counter();
    final Counter channelsWithoutCredit = new Counter();

    private final List<Counter> all = List.of(
            framesSent,
            bytesSent,
            framesReceived,
            bytesReceived,
            framesDropped,
            reconnects,
            refusals,
            connections,
            ownBuffersInUse,
            creditsOutstanding,
            channelsWithoutCredit);

    /** Event loop, once per batch. */
    void publish() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).publish();
        }
    }

    static final class Counter {
        private final PublishedLong published = new PublishedLong(0);
        private long value;
        private long shown;

        /** Event loop. */
        void add(long delta) {
            value += delta;
        }

        private void publish() {
            if (value != shown) {
                shown = value;
                published.publish(value);
            }
        }

        /** Any thread: the value of the last finished batch. */
        long read() {
            return published.read();
        }
    }
}
