package io.millrace.client.examples.loganalysis.reading;

/**
 * Reads the lines of one log, one after another. Not thread-safe: an instance belongs to one thread and reuses its
 * buffers. A line never makes it throw; what is wrong with a line goes to the output.
 */
public interface LogReader {

    /**
     * Reads one line without its line break (a carriage return at its end does no harm).
     *
     * @param line decoded from UTF-8, malformed byte sequences replaced by U+FFFD
     * @param output called before this returns: once for most lines, several times for a repeated message
     */
    void read(String line, ReadingOutput output);
}
