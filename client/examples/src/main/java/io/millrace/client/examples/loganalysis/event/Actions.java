package io.millrace.client.examples.loganalysis.event;

/** The actions that rules know by name. Any other word is an action too, and only counted. */
public final class Actions {
    /** A login with credentials. */
    public static final String LOGIN_SUCCESS = "login_success";

    /** The start of a session. */
    public static final String LOGIN = "login";

    public static final String LOGIN_FAILED = "login_failed";
    public static final String LOGOUT = "logout";
    public static final String VIEW = "view";
    public static final String PURCHASE = "purchase";
    public static final String DOWNLOAD = "download";

    private Actions() {}

    /** Whether {@code action} touches content, so that somebody must have logged in before. */
    public static boolean touchesContent(String action) {
        return switch (action) {
            case VIEW, PURCHASE, DOWNLOAD -> true;
            default -> false;
        };
    }
}
