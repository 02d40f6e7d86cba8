package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels inside one process, one registry per TaskManager. The receiving end registers at deployment; the sending
 * end makes the rings when its task starts, because only then are both slots' signals known. Slots of any thread may
 * call it.
 */
public final class LocalChannels {
    private final ConcurrentHashMap<ChannelId, Meeting> meetings = new ConcurrentHashMap<>();

    /** Registers the receiving end of a channel. */
    Meeting openReceive(ChannelId id, Signal consumer) {
        Meeting meeting = new Meeting(consumer, new Published<>(null));
        Check.invariant(meetings.putIfAbsent(id, meeting) == null, "a receiving end is opened once: " + id);
        return meeting;
    }

    /** Makes the rings of a channel and lets the receiving end know. */
    LocalLink openSend(ChannelId id, Signal producer) {
        Meeting meeting = meetings.get(id);
        if (meeting == null) {
            throw io.millrace.common.core.error.Problem.of(
                            RuntimeErrors.CHANNEL_MISSING, "No receiving end for channel " + id)
                    .because("the consuming task was cancelled or failed before the producing one started")
                    .fix("See why the consuming task ended; nothing is wrong with this one")
                    .asException();
        }
        LocalLink link = LocalLink.between(producer, meeting.consumer());
        meeting.link().publish(link);
        meeting.consumer().wake();
        return link;
    }

    void closeReceive(ChannelId id) {
        meetings.remove(id);
    }

    /** Number of registered receiving ends: 0 when no task is left. */
    public int size() {
        return meetings.size();
    }

    /**
     * Where the two ends of a channel find each other.
     *
     * @param consumer wakes the consumer's slot
     * @param link null until the sending end is opened
     */
    record Meeting(Signal consumer, Published<@Nullable LocalLink> link) {}
}
