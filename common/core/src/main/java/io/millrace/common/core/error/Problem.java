package io.millrace.common.core.error;

import java.util.Objects;

/**
 * What a user is told about one failure. Travels between processes as plain text fields, so that a message reads the
 * same wherever it is shown.
 *
 * @param code stable name of the kind of failure, see {@link ErrorCode}
 * @param what the failure in one sentence, with the offending value
 * @param where the place: file and line, operator and subtask, option; empty if there is none
 * @param why the cause; empty if {@code what} says it all
 * @param nextStep what the user can do about it; empty only for bugs of Millrace itself
 */
public record Problem(String code, String what, String where, String why, String nextStep) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(nextStep, "nextStep");
    }

    /** Starts a problem that so far says only what happened. */
    public static Problem of(ErrorCode code, String what) {
        return new Problem(code.name(), what, "", "", "");
    }

    public Problem at(String place) {
        return new Problem(code, what, place, why, nextStep);
    }

    public Problem because(String cause) {
        return new Problem(code, what, where, cause, nextStep);
    }

    public Problem fix(String step) {
        return new Problem(code, what, where, why, step);
    }

    /** This problem as an exception, to be thrown. */
    public MillraceException asException() {
        return new MillraceException(this, null);
    }

    /** This problem as an exception with the exception that caused it. */
    public MillraceException asException(Throwable cause) {
        return new MillraceException(this, cause);
    }

    /** The problem in lines for people: code and what first, then the filled-in parts, one line each. */
    public String render() {
        StringBuilder text =
                new StringBuilder(160).append('[').append(code).append("] ").append(what);
        appendPart(text, "where: ", where);
        appendPart(text, "why:   ", why);
        appendPart(text, "do:    ", nextStep);
        return text.toString();
    }

    private static void appendPart(StringBuilder text, String label, String part) {
        if (!part.isEmpty()) {
            text.append("\n  ").append(label).append(part);
        }
    }
}
