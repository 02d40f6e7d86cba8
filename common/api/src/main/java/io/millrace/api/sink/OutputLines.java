package io.millrace.api.sink;

/** The job's print output. Bounded: when nobody takes the lines they are dropped and counted, never waited for. */
public interface OutputLines {
    /**
     * @param line without a line end
     * @param error whether it belongs to the error stream
     */
    void print(String line, boolean error);
}
