package io.millrace.client.examples.loganalysis.reading;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the combined access log of a web server. The client's address is the user. A refused login (401) is
 * {@code login_failed} whatever was asked for; else GET is {@code view}, or {@code download} if it is for an archive or
 * the answer has more than {@link #LARGE_ANSWER_BYTES}; POST is {@code purchase}; any other method gives its name in
 * lower case. Text in quotes is taken as logged, escapes included; {@code -} stands for nothing.
 */
public final class AccessLogReader implements LogReader {
    /** Answers with more bytes than this are downloads. */
    public static final long LARGE_ANSWER_BYTES = 100_000;

    private static final int UNAUTHORIZED = 401;
    private static final int MAX_DIGITS = 18;
    private static final Set<String> ARCHIVES = Set.of(
            "7z", "apk", "bz2", "cab", "cpio", "deb", "dmg", "ear", "gem", "gz", "iso", "jar", "lz", "lz4", "lzma",
            "rar", "rpm", "tar", "tbz", "tbz2", "tgz", "txz", "war", "whl", "xz", "z", "zip", "zst");

    private static final Pattern METHOD = Pattern.compile("[A-Za-z][A-Za-z-]*");
    private static final String REQUEST_IS_NONE = "the request has no method";

    @Override
    public void read(String line, ReadingOutput output) {
        if (LineLimits.isTooLong(line)) {
            output.rejected(
                    RejectionCode.LOG_TOO_LONG, "the line is longer than " + LineLimits.MAX_LINE_BYTES + " bytes");
            return;
        }
        String text = line.stripTrailing();
        if (text.isEmpty()) {
            output.rejected(RejectionCode.LOG_BLANK, "the line is blank");
            return;
        }
        AccessLine access = new AccessLine(text);
        if (!access.isComplete()) {
            output.rejected(RejectionCode.LOG_NOT_ACCESS, "no combined access log: " + access.fault());
            return;
        }
        OptionalLong seconds = AccessTime.seconds(access.time());
        String action = action(access);
        if (seconds.isEmpty()) {
            output.rejected(
                    RejectionCode.LOG_DATE_INVALID,
                    "'" + JsonFault.cut(access.time()) + "' is no time of an access log");
        } else if (seconds.getAsLong() < 0 || seconds.getAsLong() > LogEvent.MAX_TIMESTAMP) {
            output.rejected(RejectionCode.LOG_TIMESTAMP_RANGE, "the time of the line is before 1970 or after 9999");
        } else if (action == null) {
            output.rejected(RejectionCode.LOG_NOT_ACCESS, "no combined access log: " + REQUEST_IS_NONE);
        } else {
            String agent = access.userAgent().equals("-") ? "" : access.userAgent();
            output.event(new LogEvent(
                    access.client(), "", action, seconds.getAsLong(), access.client(), agent, LogEvent.NO_METADATA));
        }
    }

    private static @Nullable String action(AccessLine access) {
        if (number(access.status()) == UNAUTHORIZED) {
            return "login_failed";
        }
        String request = access.request();
        int methodEnd = request.indexOf(' ');
        String method = methodEnd < 0 ? request : request.substring(0, methodEnd);
        return switch (method) {
            case "GET" -> isDownload(access, request.substring(methodEnd + 1)) ? "download" : "view";
            case "POST" -> "purchase";
            default -> METHOD.matcher(method).matches() ? method.toLowerCase(Locale.ROOT) : null;
        };
    }

    private static boolean isDownload(AccessLine access, String rest) {
        return number(access.bytes()) > LARGE_ANSWER_BYTES || isArchive(path(rest));
    }

    /** The target of a request without query and fragment. */
    private static String path(String rest) {
        int end = 0;
        while (end < rest.length() && " ?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }

    private static boolean isArchive(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/')
                && ARCHIVES.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * The number that {@code digits} shows, {@code -} being 0; more digits than a long has stand for its largest value.
     */
    private static long number(String digits) {
        if (digits.equals("-")) {
            return 0;
        }
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
