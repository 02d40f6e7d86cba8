package io.millrace.client.examples.loganalysis.reading;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the syslog of a server: logins that sshd refused or accepted, and sessions that any program's PAM opened or
 * closed. Other lines are skipped, and so is an attempt without a user name, as an event needs a user. Times are UTC.
 *
 * <p>User names come from attackers. So a message is taken apart from its fixed ends, and text that merely contains the
 * words of another message is not taken for one.
 */
public final class SshdLogReader implements LogReader {
    private static final String FAILED = "Failed ";
    private static final String ACCEPTED = "Accepted ";
    private static final String INVALID_USER = "invalid user ";
    private static final String OPENED = "session opened for user ";
    private static final String CLOSED = "session closed for user ";
    private static final String REPEATED = "message repeated ";
    private static final String REPEATED_TIMES = " times: [ ";

    private final SyslogYear year;

    /** Starts reading a log whose first line was written in {@code firstYear}. */
    public SshdLogReader(int firstYear) {
        year = new SyslogYear(firstYear);
    }

    private record Finding(String userId, String action, String address) {}

    @Override
    public void read(String line, ReadingOutput output) {
        if (LineLimits.isTooLong(line)) {
            output.rejected(
                    RejectionCode.LOG_TOO_LONG, "the line is longer than " + LineLimits.MAX_LINE_BYTES + " bytes");
            return;
        }
        SyslogHeader header = SyslogHeader.parse(line);
        if (header == null) {
            output.skipped();
            return;
        }
        // Every dated line moves the year, also one that is skipped.
        OptionalLong seconds = header.timeExists()
                ? year.seconds(header.month(), header.day(), header.secondOfDay())
                : OptionalLong.empty();
        String message = line.substring(header.messageStart()).stripTrailing();
        int repeatsEnd = message.startsWith(REPEATED) ? message.indexOf(REPEATED_TIMES) : -1;
        if (repeatsEnd < 0 || !message.endsWith("]")) {
            write(find(header, message), seconds, 1, output);
            return;
        }
        int start = repeatsEnd + REPEATED_TIMES.length();
        String repeated = message.substring(start, message.length() - 1);
        int times = repeats(message.substring(REPEATED.length(), repeatsEnd));
        write(find(header, repeated.stripTrailing()), seconds, times, output);
    }

    private static void write(@Nullable Finding finding, OptionalLong seconds, int times, ReadingOutput output) {
        if (finding == null) {
            output.skipped();
        } else if (times == 0) {
            output.rejected(
                    RejectionCode.LOG_REPEAT_RANGE,
                    "a message must be repeated between 1 and " + LineLimits.MAX_REPEATS + " times");
        } else if (seconds.isEmpty()) {
            output.rejected(RejectionCode.LOG_DATE_INVALID, "there is no such date or time in the year of the line");
        } else if (seconds.getAsLong() < 0 || seconds.getAsLong() > LogEvent.MAX_TIMESTAMP) {
            output.rejected(RejectionCode.LOG_TIMESTAMP_RANGE, "the time of the line is before 1970 or after 9999");
        } else {
            LogEvent event = new LogEvent(
                    finding.userId(),
                    "",
                    finding.action(),
                    seconds.getAsLong(),
                    finding.address(),
                    "",
                    LogEvent.NO_METADATA);
            for (int i = 0; i < times; i++) {
                output.event(event);
            }
        }
    }

    /** The number in the text, or 0 if it is none from 1 to {@link LineLimits#MAX_REPEATS}. */
    private static int repeats(String text) {
        int times = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || times > LineLimits.MAX_REPEATS) {
                return 0;
            }
            times = times * 10 + digit;
        }
        return times > LineLimits.MAX_REPEATS ? 0 : times;
    }

    private static @Nullable Finding find(SyslogHeader header, String message) {
        if (header.isSshd() && message.startsWith(FAILED)) {
            return failed(message);
        }
        if (header.isSshd() && message.startsWith(ACCEPTED)) {
            return login(message, message.indexOf(" for ", ACCEPTED.length()), "login_success");
        }
        return session(header, withoutPamPrefix(message));
    }

    private static @Nullable Finding failed(String message) {
        int methodEnd = message.indexOf(' ', FAILED.length());
        if (methodEnd < 0 || !message.startsWith(" for ", methodEnd)) {
            return null;
        }
        return switch (message.substring(FAILED.length(), methodEnd)) {
            case "password", "none", "publickey" -> login(message, methodEnd, "login_failed");
            default -> null;
        };
    }

    /**
     * Reads {@code " for [invalid user ]U from ADDRESS[ port N...]"}, the first part of which starts at
     * {@code forStart}.
     */
    private static @Nullable Finding login(String message, int forStart, String action) {
        int from = lastFrom(message);
        int userStart = forStart + " for ".length();
        if (forStart < 0 || from < userStart) {
            return null;
        }
        String user = message.substring(userStart, from);
        if (user.startsWith(INVALID_USER)) {
            user = user.substring(INVALID_USER.length());
        }
        int addressStart = from + " from ".length();
        int addressEnd = message.indexOf(' ', addressStart);
        String address = message.substring(addressStart, addressEnd < 0 ? message.length() : addressEnd);
        return finding(user, action, address);
    }

    /** The last " from " that an address and a port follow, else the last one: a user name may contain the word. */
    private static int lastFrom(String message) {
        for (int from = message.lastIndexOf(" from "); from >= 0; from = message.lastIndexOf(" from ", from - 1)) {
            int addressEnd = message.indexOf(' ', from + " from ".length());
            if (addressEnd >= 0 && message.startsWith(" port ", addressEnd)) {
                return from;
            }
        }
        return message.lastIndexOf(" from ");
    }

    /** Drops {@code pam_NAME(SERVICE:session): } from the start of a message. */
    private static String withoutPamPrefix(String message) {
        int open = message.indexOf('(');
        int end = message.indexOf("): ");
        boolean prefixed = message.startsWith("pam_") && open >= 0 && open < end && message.lastIndexOf(' ', end) < 0;
        return prefixed ? message.substring(end + "): ".length()) : message;
    }

    private static @Nullable Finding session(SyslogHeader header, String message) {
        if (message.startsWith(CLOSED)) {
            return finding(withoutUid(message.substring(CLOSED.length())), "logout", "");
        }
        // A session that sshd opens belongs to a login it has accepted one line before.
        if (message.startsWith(OPENED) && !header.isSshd()) {
            int by = message.lastIndexOf(" by ");
            int end = by < OPENED.length() ? message.length() : by;
            return finding(withoutUid(message.substring(OPENED.length(), end)), "login", "");
        }
        return null;
    }

    /** Newer PAM writes {@code root(uid=0)}. */
    private static String withoutUid(String user) {
        int uid = user.endsWith(")") ? user.lastIndexOf("(uid=") : -1;
        return uid < 0 ? user : user.substring(0, uid);
    }

    private static @Nullable Finding finding(String user, String action, String address) {
        return user.isEmpty() ? null : new Finding(user, action, address);
    }
}
