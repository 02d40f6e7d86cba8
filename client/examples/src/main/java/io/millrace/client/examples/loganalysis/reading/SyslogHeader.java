package io.millrace.client.examples.loganalysis.reading;

import org.jspecify.annotations.Nullable;

/**
 * What stands before the message in a syslog line: {@code Dec 10 06:55:46 host program[pid]: }.
 *
 * @param day of the month as written, 0 to 99
 * @param secondOfDay from 0 to 86,399; or 86,400 for a time that does not exist
 * @param program without process id
 * @param messageStart index of the message in the line
 */
record SyslogHeader(int month, int day, int secondOfDay, String program, int messageStart) {
    private static final int TIME_START = 7;
    private static final int HOST_START = 16;

    /** A second that no day has. */
    private static final int NO_TIME = 86_400;

    /** The header of {@code line}, or null if it does not start like syslog. */
    static @Nullable SyslogHeader parse(String line) {
        if (line.length() <= HOST_START || !blanksAndColons(line)) {
            return null;
        }
        int month = LogDate.month(line, 0);
        int day = line.charAt(4) == ' ' ? LogDate.number(line, 5, 6) : LogDate.number(line, 4, 6);
        int hour = LogDate.number(line, TIME_START, TIME_START + 2);
        int minute = LogDate.number(line, TIME_START + 3, TIME_START + 5);
        int second = LogDate.number(line, TIME_START + 6, TIME_START + 8);
        int tagStart = line.indexOf(' ', HOST_START) + 1;
        int tagEnd = line.indexOf(": ", tagStart);
        boolean complete = month > 0 && day >= 0 && hour >= 0 && minute >= 0 && second >= 0;
        if (!complete || tagStart == 0 || tagEnd < 0) {
            return null;
        }
        boolean exists = hour < 24 && minute < 60 && second < 60;
        int secondOfDay = exists ? (hour * 60 + minute) * 60 + second : NO_TIME;
        String tag = line.substring(tagStart, tagEnd);
        return tag.isEmpty() || tag.indexOf(' ') >= 0
                ? null
                : new SyslogHeader(month, day, secondOfDay, program(tag), tagEnd + 2);
    }

    /** True for sshd and, since OpenSSH 9.8, the programs it is split into. */
    boolean isSshd() {
        return program.equals("sshd") || program.startsWith("sshd-");
    }

    boolean timeExists() {
        return secondOfDay < NO_TIME;
    }

    private static boolean blanksAndColons(String line) {
        return line.charAt(3) == ' '
                && line.charAt(6) == ' '
                && line.charAt(9) == ':'
                && line.charAt(12) == ':'
                && line.charAt(15) == ' ';
    }

    /** The tag without {@code [pid]}, or without the {@code (module)[pid]} of older systems. */
    private static String program(String tag) {
        for (int i = 0; i < tag.length(); i++) {
            if (tag.charAt(i) == '[' || tag.charAt(i) == '(') {
                return tag.substring(0, i);
            }
        }
        return tag;
    }
}
