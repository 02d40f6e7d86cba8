package io.millrace.deploy.benchmarks.workloads;

/** One line of the log, read. */
public class LogEvent {

    public String userId = "";
    public String sessionId = "";
    public String action = "";
    /** Seconds since the epoch. */
    public long timestamp;

    public String ipAddress = "";
    public String userAgent = "";
    /** The JSON text of the object, {@code {}} where the line has none. */
    public String metadata = "{}";

    public LogEvent() {}

    /** The key of the rules. */
    public String getUserId() {
        return userId;
    }

    /** Event time in milliseconds. */
    public long eventMillis() {
        return timestamp * 1000;
    }
}
