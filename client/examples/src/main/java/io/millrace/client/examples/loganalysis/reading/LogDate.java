package io.millrace.client.examples.loganalysis.reading;

import java.util.List;

/** The parts that dates of logs are made of: English month names and numbers of fixed width. */
final class LogDate {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private LogDate() {}

    /** The month named by the three characters at {@code start}, from 1 to 12, or 0 if there is none. */
    static int month(String text, int start) {
        return MONTHS.indexOf(text.substring(start, start + 3)) + 1;
    }

    /** The decimal number in a part of the text, or -1 if it is none. */
    static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
