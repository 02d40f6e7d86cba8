package io.millrace.client.examples.loganalysis.traffic;

import io.millrace.client.examples.loganalysis.event.Actions;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.json.JsonObject;

/**
 * Makes the lines of a web shop's log: visits, mistyped passwords, brute force, failures too slow to count, guests who
 * come back after more than a day. Up to {@link TrafficPlan#MAX_DISORDER_SECONDS} of disorder, and rarely a line that
 * is late or broken. Each line is a pure function of plan and index, so any reader may start anywhere.
 */
public final class TrafficGenerator {
    /** Steps of an episode that may be late or broken: never two in a row, so their neighbours are always in order. */
    private static final int LATE_POSITION = 20;

    private static final int BROKEN_POSITION = 26;
    private static final int ODD_ONE_IN = 100;

    /** No late event before time has moved on in every lane. */
    private static final int FIRST_LATE_ROUND = 3 * TrafficPlan.EPISODE_STEPS;

    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
        "ShopApp/4.2 (Android 14)"
    };
    private static final String ATTACKER_AGENT = "python-requests/2.31";

    private final TrafficPlan plan;
    private final int lanes;

    public TrafficGenerator(TrafficPlan plan) {
        this.plan = plan;
        lanes = plan.lanes();
    }

    /** Line {@code index} of the traffic: an event as JSON, or now and then something that is none. */
    public String line(long index) {
        String json = event(index).toJson();
        return isOdd(index, BROKEN_POSITION) ? broken(index, json) : json;
    }

    /** The event of line {@code index}, also where the line is broken. */
    public LogEvent event(long index) {
        Episode.Step step = episode(index).step(position(index));
        long person = SeededHash.of(plan.seed(), -1, step.user());
        return new LogEvent(
                "user" + step.user(),
                "session_" + Long.toHexString(step.session()),
                step.action(),
                timestamp(index),
                step.attacker() ? attackerAddress(step.session()) : address(person),
                step.attacker() ? ATTACKER_AGENT : AGENTS[SeededHash.below(person, AGENTS.length)],
                metadata(step, index));
    }

    /** Whether the event of line {@code index} comes too late to count. */
    public boolean isLate(long index) {
        return index / lanes >= FIRST_LATE_ROUND && isOdd(index, LATE_POSITION);
    }

    /** Whether line {@code index} is no event. */
    public boolean isBroken(long index) {
        return isOdd(index, BROKEN_POSITION);
    }

    private boolean isOdd(long index, int oddPosition) {
        return position(index) == oddPosition
                && SeededHash.below(SeededHash.of(plan.seed(), -2, index), ODD_ONE_IN) == 0;
    }

    private int lane(long index) {
        return (int) (index % lanes);
    }

    /** Lanes start at different points of their stories. */
    private long laneStep(long index) {
        int lane = lane(index);
        int shift = SeededHash.below(
                SeededHash.of(plan.seed(), -3, lane), TrafficPlan.EPISODE_STEPS * TrafficPlan.GUEST_EVERY);
        return index / lanes + shift;
    }

    private Episode episode(long index) {
        return new Episode(plan, lane(index), laneStep(index) / TrafficPlan.EPISODE_STEPS);
    }

    private int position(long index) {
        return (int) (laneStep(index) % TrafficPlan.EPISODE_STEPS);
    }

    private long timestamp(long index) {
        long inOrder = plan.timestamp(index);
        long hash = SeededHash.of(plan.seed(), -4, index);
        if (isLate(index)) {
            return inOrder - 2 * (long) Math.ceil(plan.stepSeconds()) - 60 - SeededHash.below(hash, 540);
        }
        boolean inDisorder = SeededHash.below(hash, 4) == 0;
        int back = SeededHash.below(SeededHash.derive(hash, 1), TrafficPlan.MAX_DISORDER_SECONDS + 1);
        return inDisorder ? Math.max(plan.startSeconds(), inOrder - back) : inOrder;
    }

    private static String address(long person) {
        return "10." + (person >>> 8 & 255) + '.' + (person >>> 16 & 255) + '.' + (1 + (person >>> 24 & 127));
    }

    /** From the ranges reserved for documentation. */
    private static String attackerAddress(long session) {
        return ((session & 1) == 0 ? "203.0.113." : "198.51.100.") + (1 + (session >>> 1 & 127));
    }

    private static String metadata(Episode.Step step, long index) {
        long item = Math.floorMod(step.session() + index, 500L);
        return switch (step.action()) {
            case Actions.VIEW -> new JsonObject(40).put("page", "/item/" + item).end();
            case Actions.PURCHASE ->
                new JsonObject(40)
                        .put("item", item)
                        .put("cents", 100 + item * 7)
                        .end();
            case Actions.DOWNLOAD ->
                new JsonObject(40).put("file", "manual-" + item + ".pdf").end();
            default -> LogEvent.NO_METADATA;
        };
    }

    private String broken(long index, String json) {
        return switch (SeededHash.below(SeededHash.of(plan.seed(), -5, index), 4)) {
            case 0 -> json.substring(0, json.length() / 2);
            case 1 -> json.replace("\"timestamp\":", "\"timestamp\":\"soon\",\"was\":");
            case 2 -> json.replace("\"user_id\":", "\"user\":");
            default -> "-- log rotated --";
        };
    }
}
