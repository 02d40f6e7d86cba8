package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.ChannelId;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the two ends of a channel inside one process find each other, whichever is opened first; one registry per
 * TaskManager. It knows ends that wait for their peer and forgets them once both have met. Any thread.
 */
public final class LocalChannels {
    private final ConcurrentHashMap<ChannelId, Meeting> waiting = new ConcurrentHashMap<>();

    /** Opens the receiving end of a channel. @return where its rings appear once the sending end is open, too */
    Published<@Nullable LocalLink> openReceive(ChannelId id, Signal consumer) {
        return meet(id, new Meeting(null, consumer, new Published<>(null)));
    }

    /** Opens the sending end of a channel. @return where its rings appear once the receiving end is open, too */
    Published<@Nullable LocalLink> openSend(ChannelId id, Signal producer) {
        return meet(id, new Meeting(producer, null, new Published<>(null)));
    }

    private Published<@Nullable LocalLink> meet(ChannelId id, Meeting opened) {
        Meeting first = waiting.putIfAbsent(id, opened);
        if (first == null) {
            return opened.link();
        }
        Check.invariant(waiting.remove(id, first), "both ends of a channel are opened once: " + id);
        first.join(opened);
        return first.link();
    }

    /** Forgets an end that may still wait for its peer. */
    void close(ChannelId id, Published<@Nullable LocalLink> link) {
        waiting.computeIfPresent(id, (same, meeting) -> meeting.link() == link ? null : meeting);
    }

    /** Number of ends that wait for their peer: 0 when no task is left. */
    public int size() {
        return waiting.size();
    }

    /** An end that waits for its peer. Exactly one of the signals is known. */
    private record Meeting(
            @Nullable Signal producer, @Nullable Signal consumer, Published<@Nullable LocalLink> link) {

        void join(Meeting other) {
            Signal from = producer != null ? producer : other.producer;
            Signal to = consumer != null ? consumer : other.consumer;
            Check.invariant(from != null && to != null, "a channel has a sending and a receiving end");
            link.publish(LocalLink.between(from, to));
            from.wake();
            to.wake();
        }
    }
}
