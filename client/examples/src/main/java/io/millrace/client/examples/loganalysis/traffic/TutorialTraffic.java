package io.millrace.client.examples.loganalysis.traffic;

import io.millrace.client.examples.loganalysis.event.Actions;
import io.millrace.client.examples.loganalysis.event.LogEvent;

/**
 * The tutorial's test data: five users, six actions and four addresses, each drawn evenly. There is no
 * {@code login_success} among the actions, so under the tutorial's rules nothing resets a count of failures and nobody
 * is missed.
 */
public final class TutorialTraffic {
    private static final String[] USERS = {"user1", "user2", "user3", "user4", "user5"};
    private static final String[] ACTIONS = {
        Actions.LOGIN, Actions.LOGOUT, Actions.VIEW, Actions.PURCHASE, Actions.DOWNLOAD, Actions.LOGIN_FAILED
    };
    private static final String[] ADDRESSES = {"192.168.1.1", "192.168.1.2", "10.0.0.1", "10.0.0.2"};
    private static final int FIRST_SESSION = 1000;
    private static final int SESSIONS = 9000;

    private final long seed;

    public TutorialTraffic(long seed) {
        this.seed = seed;
    }

    /**
     * Event {@code index} of the traffic.
     *
     * @param nowSeconds wall-clock time, the event's timestamp
     */
    public LogEvent event(long index, long nowSeconds) {
        return new LogEvent(
                pick(USERS, index, 0),
                "session_" + (FIRST_SESSION + SeededHash.below(SeededHash.of(seed, index, 3), SESSIONS)),
                pick(ACTIONS, index, 1),
                nowSeconds,
                pick(ADDRESSES, index, 2),
                "Mozilla/5.0 (Test Browser)",
                LogEvent.NO_METADATA);
    }

    private String pick(String[] choices, long index, int purpose) {
        return choices[SeededHash.below(SeededHash.of(seed, index, purpose), choices.length)];
    }
}
