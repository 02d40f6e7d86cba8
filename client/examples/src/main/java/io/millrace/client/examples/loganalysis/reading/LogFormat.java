package io.millrace.client.examples.loganalysis.reading;

/** The kinds of log that the job reads. */
public enum LogFormat {
    /** One JSON object a line. */
    JSON,
    /** Syslog of sshd, su, sudo and cron. */
    SSHD,
    /** Combined access log of a web server. */
    ACCESS;

    /**
     * A reader for a log of this format.
     *
     * @param firstYear year of the first line; only syslog needs it
     */
    public LogReader reader(int firstYear) {
        return switch (this) {
            case JSON -> new JsonLogReader();
            case SSHD -> new SshdLogReader(firstYear);
            case ACCESS -> new AccessLogReader();
        };
    }
}
