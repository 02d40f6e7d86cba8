package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.network.NetworkErrors;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one link by handle. Handles count up from 0 in each direction and are never reused, so an unknown one
 * below the highest is that of a closed channel, and one above was never issued. Owned by the event loop.
 */
final class ChannelTable {
    /**
     * Ends that closed before their other end opened, remembered in each direction to tell it; beyond that the oldest
     * is forgotten.
     */
    private static final int MOST_CLOSED_EARLY = 4096;

    private final int mostAnnounced;

    private final IntObjectMap<SendEnd> sends = new IntObjectHashMap<>();
    private int nextHandle;

    private final IntObjectMap<ReceiveEnd> receives = new IntObjectHashMap<>();
    private final Map<ChannelId, ReceiveEnd> waiting = new HashMap<>();
    private final IntObjectMap<ChannelId> announcedByHandle = new IntObjectHashMap<>();
    private final Map<ChannelId, Integer> announced = new HashMap<>();
    private final Set<ChannelId> closedEarly = new LinkedHashSet<>();
    private final Set<ChannelId> endedEarly = new LinkedHashSet<>();
    private int nextPeerHandle;

    /** @param mostAnnounced channels that the peer may have open at the same time */
    ChannelTable(int mostAnnounced) {
        this.mostAnnounced = mostAnnounced;
    }

    // --- Sending ends, whose handles are issued here

    /** @return the new channel's handle */
    int addSend(SendEnd end) {
        sends.put(nextHandle, end);
        return nextHandle++;
    }

    /** @return whether it was still there */
    boolean removeSend(SendEnd end) {
        return sends.remove(end.handle()) != null;
    }

    /** The sending end that the peer's frame means, or null if it was closed. */
    @Nullable
    SendEnd send(int handle) {
        SendEnd end = sends.get(handle);
        if (end == null && (handle < 0 || handle >= nextHandle)) {
            throw neverIssued(handle);
        }
        return end;
    }

    // --- Receiving ends, whose handles are issued by the peer

    /**
     * Keeps a receiving end until the peer announces its channel; matches it at once if the peer did already, and ends
     * it at once if the peer has closed its end since.
     */
    void addReceive(ReceiveEnd end) {
        if (endedEarly.remove(end.id())) {
            end.peerClosed();
            return;
        }
        Integer handle = announced.remove(end.id());
        if (handle != null) {
            announcedByHandle.remove(handle.intValue());
            receives.put(handle.intValue(), end);
            end.match(handle);
        } else if (waiting.putIfAbsent(end.id(), end) != null) {
            end.fail(Problem.of(NetworkErrors.DUPLICATE_CHANNEL, "The receiving end of " + end.id() + " is open"));
        }
    }

    /** @return whether the sender knows of it and has not closed: it must be told now, and not when it opens its end */
    boolean removeReceive(ReceiveEnd end) {
        if (waiting.remove(end.id(), end)) {
            remember(end.id(), closedEarly);
        }
        return end.isMatched() && receives.remove(end.handle()) != null;
    }

    /**
     * The peer has opened a sending end.
     *
     * @return whether its receiving end is or will be there; false if it was opened and closed before: the peer must be
     *     told
     */
    boolean announce(int handle, ChannelId id) {
        if (handle != nextPeerHandle) {
            throw Problem.of(
                            NetworkErrors.MALFORMED_FRAME,
                            "The peer opens handle " + handle + ", expected " + nextPeerHandle)
                    .asException();
        }
        if (receives.size() + announced.size() >= mostAnnounced) {
            throw Problem.of(
                            NetworkErrors.TOO_MANY_CHANNELS,
                            "The peer opens more than " + mostAnnounced + " channels at the same time")
                    .asException();
        }
        nextPeerHandle++;
        ReceiveEnd end = waiting.remove(id);
        if (end != null) {
            receives.put(handle, end);
            end.match(handle);
        } else if (closedEarly.remove(id)) {
            return false;
        } else if (announced.putIfAbsent(id, handle) == null) {
            announcedByHandle.put(handle, id);
        } else {
            throw Problem.of(NetworkErrors.DUPLICATE_CHANNEL, "The peer opens " + id + " twice")
                    .asException();
        }
        return true;
    }

    /** The receiving end that the peer's frame means, or null if it was closed. */
    @Nullable
    ReceiveEnd receive(int handle) {
        ReceiveEnd end = receives.get(handle);
        if (end != null) {
            return end;
        }
        if (handle < 0 || handle >= nextPeerHandle) {
            throw neverIssued(handle);
        }
        if (announcedByHandle.containsKey(handle)) {
            throw Problem.of(
                            NetworkErrors.CREDIT_EXCEEDED, "The peer sends on handle " + handle + " without any credit")
                    .asException();
        }
        return null;
    }

    /**
     * The peer has closed the sending end of a channel: if its receiving end is not open yet, it will have ended when
     * it opens.
     *
     * @return whether it is not open yet
     */
    boolean withdraw(int handle) {
        ChannelId id = announcedByHandle.remove(handle);
        if (id != null) {
            announced.remove(id);
            remember(id, endedEarly);
        }
        return id != null;
    }

    private static void remember(ChannelId id, Set<ChannelId> early) {
        early.add(id);
        if (early.size() > MOST_CLOSED_EARLY) {
            early.remove(early.iterator().next());
        }
    }

    // --- All of them

    Collection<ReceiveEnd> matchedReceives() {
        return receives.values();
    }

    Collection<SendEnd> sends() {
        return sends.values();
    }

    /** Takes out the ends whose other end was never heard of. */
    Unmatched takeUnmatched() {
        List<SendEnd> unmatchedSends = new ArrayList<>();
        for (SendEnd end : sends.values()) {
            if (end.isUnmatched()) {
                unmatchedSends.add(end);
            }
        }
        unmatchedSends.forEach(this::removeSend);
        List<ReceiveEnd> unmatchedReceives = List.copyOf(waiting.values());
        waiting.clear();
        return new Unmatched(unmatchedSends, unmatchedReceives);
    }

    /** Fails and forgets all channels. */
    void fail(Problem problem) {
        sends.values().forEach(end -> end.fail(problem));
        receives.values().forEach(end -> end.fail(problem));
        waiting.values().forEach(end -> end.fail(problem));
        sends.clear();
        receives.clear();
        waiting.clear();
        announced.clear();
        announcedByHandle.clear();
    }

    record Unmatched(List<SendEnd> sends, List<ReceiveEnd> receives) {}

    private static RuntimeException neverIssued(int handle) {
        return Problem.of(NetworkErrors.UNKNOWN_CHANNEL, "A frame names channel handle " + handle + ", never issued")
                .asException();
    }
}
