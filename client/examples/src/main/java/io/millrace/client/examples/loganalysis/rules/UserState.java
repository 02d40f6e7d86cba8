package io.millrace.client.examples.loganalysis.rules;

import java.util.List;
import java.util.Map;

/**
 * What the precise rules remember of one user. A plain changeable class, as state of a keyed function wants it: only
 * the function that owns the key touches it. Times and durations are in seconds. Lists and maps are replaced when they
 * grow from nothing, so an idle user costs no collections.
 */
public final class UserState {
    /** Times of the failed logins that still count, oldest first; at most four between two events. */
    public List<Long> failures = List.of();

    public boolean loggedInBefore;

    /** Meaningless unless {@link #loggedInBefore}. */
    public long lastLogin;

    public boolean activeBefore;

    /** Meaningless unless {@link #activeBefore}. */
    public long lastEvent;

    public long sessionDuration;
    public long activeDuration;

    /** Events of the open minute by action; empty if no minute is open. */
    public Map<String, Long> actionCounts = Map.of();

    /** Start of the open minute; meaningless if none is open. */
    public long windowStart;

    public UserState() {}

    public boolean windowIsOpen() {
        return !actionCounts.isEmpty();
    }
}
