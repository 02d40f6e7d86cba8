package io.millrace.client.examples.loganalysis.traffic;

import io.millrace.client.examples.loganalysis.event.Actions;

/**
 * A little story in one lane: who does what in each of its steps. Pure; two episodes of a lane follow each other, and
 * no user is in two lanes.
 *
 * <p>The first guest or regular acts up to the {@link #cut}, another regular after it. The same user comes back at the
 * earliest hours later, so one story never completes the failures of another.
 */
final class Episode {
    private static final int SHORTEST_PART = 8;
    private static final int GUEST_STEPS = 5;
    private static final int TYPO_FAILURES = 3;

    /** Between slow failures: with it five of them span more than the five minutes that count. */
    private static final int SLOW_SECONDS = 90;

    private enum Story {
        /** Comes with a password or a remembered login, looks around, leaves. */
        VISIT,
        /** Mistypes the password a few times before the visit. */
        TYPO,
        /** Somebody tries passwords one after another: must alert. */
        BRUTE_FORCE,
        /** Somebody tries passwords slowly: must not alert. */
        SLOW_FAILURES,
        /** A guest comes and logs in. */
        GUEST,
        /** A guest comes back after more than a day, still logged in: must alert. */
        RETURN
    }

    /**
     * What happens in one step: who does what in which session, and whether it is an attacker under the user's name.
     */
    record Step(long user, long session, String action, boolean attacker) {}

    private final TrafficPlan plan;
    private final int lane;
    private final long number;
    private final long hash;
    private final Story story;
    private final int cut;

    Episode(TrafficPlan plan, int lane, long number) {
        this.plan = plan;
        this.lane = lane;
        this.number = number;
        hash = SeededHash.of(plan.seed(), lane, number);
        story = story();
        cut = switch (story) {
            case GUEST, RETURN -> GUEST_STEPS;
            default -> SHORTEST_PART + SeededHash.below(SeededHash.derive(hash, 1), SHORTEST_PART * 2);
        };
    }

    private Story story() {
        if (isGuestTurn()) {
            return (guestTurn() / plan.guests()) % 2 == 0 ? Story.GUEST : Story.RETURN;
        }
        int draw = SeededHash.below(hash, 100);
        if (draw < 80) {
            return Story.VISIT;
        }
        if (draw < 92) {
            return Story.TYPO;
        }
        return draw < 98 ? Story.SLOW_FAILURES : Story.BRUTE_FORCE;
    }

    private boolean isGuestTurn() {
        return number % TrafficPlan.GUEST_EVERY == TrafficPlan.GUEST_EVERY - 1;
    }

    private long guestTurn() {
        return number / TrafficPlan.GUEST_EVERY;
    }

    Step step(int position) {
        if (story == Story.SLOW_FAILURES) {
            return position % slowSteps() == 0
                    ? new Step(firstUser(), session(0), Actions.LOGIN_FAILED, true)
                    : second(position, position - 1);
        }
        return position < cut ? first(position) : second(position, position - cut);
    }

    private int slowSteps() {
        return Math.max(2, (int) Math.ceil(SLOW_SECONDS / plan.stepSeconds()));
    }

    private Step first(int position) {
        boolean attacked = story == Story.BRUTE_FORCE;
        String action = attacked ? Actions.LOGIN_FAILED : firstAction(position);
        return new Step(firstUser(), session(0), action, attacked);
    }

    private String firstAction(int position) {
        int failures = story == Story.TYPO ? 1 + SeededHash.below(SeededHash.derive(hash, 2), TYPO_FAILURES) : 0;
        if (position < failures) {
            return Actions.LOGIN_FAILED;
        }
        if (position == failures) {
            return switch (story) {
                case TYPO, GUEST -> Actions.LOGIN_SUCCESS;
                case RETURN -> browse(position);
                default -> arrival(SeededHash.derive(hash, 3), position);
            };
        }
        return position == cut - 1 && story != Story.RETURN ? Actions.LOGOUT : browse(position);
    }

    private Step second(int position, int ownStep) {
        String action = browse(position);
        if (ownStep == 0) {
            action = arrival(SeededHash.derive(hash, 4), position);
        } else if (position == TrafficPlan.EPISODE_STEPS - 1) {
            action = Actions.LOGOUT;
        }
        return new Step(secondUser(), session(1), action, false);
    }

    /** Most come with a password, some with a remembered login, a few are still logged in. */
    private String arrival(long draw, int position) {
        int percent = SeededHash.below(draw, 100);
        if (percent < 60) {
            return Actions.LOGIN_SUCCESS;
        }
        return percent < 90 ? Actions.LOGIN : browse(position);
    }

    private String browse(int position) {
        int percent = SeededHash.below(SeededHash.derive(hash, 100 + position), 100);
        if (percent < 75) {
            return Actions.VIEW;
        }
        return percent < 90 ? Actions.DOWNLOAD : Actions.PURCHASE;
    }

    private long firstUser() {
        if (isGuestTurn()) {
            return laneUser(TrafficPlan.REGULARS + guestTurn() % plan.guests());
        }
        return laneUser(number % (TrafficPlan.REGULARS / 2));
    }

    private long secondUser() {
        return laneUser(TrafficPlan.REGULARS / 2 + number % (TrafficPlan.REGULARS / 2));
    }

    private long laneUser(long user) {
        return (long) lane * (TrafficPlan.REGULARS + plan.guests()) + user;
    }

    private long session(int part) {
        return SeededHash.derive(hash, 10 + part);
    }
}
