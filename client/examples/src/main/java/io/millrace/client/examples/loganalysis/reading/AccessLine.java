package io.millrace.client.examples.loganalysis.reading;

/**
 * The fields of one line of a combined access log, as logged: {@code client ident user [time] "request" status bytes
 * "referer" "agent"}. What a server's own format adds after the agent is ignored.
 */
final class AccessLine {
    private final String line;
    private int position;
    private String fault = "";

    private final String client;
    private final String time;
    private final String request;
    private final String status;
    private final String bytes;
    private final String userAgent;

    AccessLine(String line) {
        this.line = line;
        client = word("the client");
        word("the identity");
        word("the remote user");
        time = enclosed("the time", '[', ']');
        request = enclosed("the request", '"', '"');
        status = number("the status");
        bytes = number("the size of the answer");
        enclosed("the referer", '"', '"');
        userAgent = enclosed("the user agent", '"', '"');
    }

    boolean isComplete() {
        return fault.isEmpty();
    }

    /** The first thing that is wrong; empty if nothing is. */
    String fault() {
        return fault;
    }

    String client() {
        return client;
    }

    String time() {
        return time;
    }

    String request() {
        return request;
    }

    /** Digits or {@code -}. */
    String status() {
        return status;
    }

    /** Digits or {@code -}. */
    String bytes() {
        return bytes;
    }

    String userAgent() {
        return userAgent;
    }

    private String word(String what) {
        int end = line.indexOf(' ', position);
        String word = line.substring(position, end < 0 ? line.length() : end);
        position = end < 0 ? line.length() : end + 1;
        return word.isEmpty() ? fail(what + " is missing") : word;
    }

    private String number(String what) {
        String word = word(what);
        boolean digits = !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits || word.equals("-") ? word : fail(what + " is no number");
    }

    /** Text between two marks, in which a backslash takes the meaning from the character after it. */
    private String enclosed(String what, char open, char close) {
        if (position >= line.length() || line.charAt(position) != open) {
            return fail(what + " is missing");
        }
        int end = position + 1;
        while (end < line.length() && line.charAt(end) != close) {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= line.length()) {
            return fail(what + " has no end");
        }
        String text = line.substring(position + 1, end);
        position = end + 1;
        if (position < line.length()) {
            if (line.charAt(position) != ' ') {
                return fail(what + " is not followed by a blank");
            }
            position++;
        }
        return text;
    }

    private String fail(String what) {
        if (fault.isEmpty()) {
            fault = what;
        }
        return "";
    }
}
