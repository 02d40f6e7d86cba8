package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The lines of a log that is still being written, read as they come. */
final class LogLines {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder begun = new StringBuilder();
    private long position;

    LogLines(Path file) {
        this.file = file;
    }

    /** How many there are now. */
    int count() throws IOException {
        readOn();
        return lines.size();
    }

    /** The last one that {@code wanted} takes, of those from a number on. */
    Optional<String> last(int from, Predicate<String> wanted) throws IOException {
        readOn();
        return lines.subList(from, lines.size()).stream().filter(wanted).reduce((first, second) -> second);
    }

    /** Those that {@code wanted} takes. */
    List<String> all(Predicate<String> wanted) throws IOException {
        readOn();
        return lines.stream().filter(wanted).toList();
    }

    /** Waits for a line after the first {@code from}. */
    String await(int from, String what, Predicate<String> wanted) throws IOException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        int next = from;
        while (true) {
            readOn();
            for (; next < lines.size(); next++) {
                if (wanted.test(lines.get(next))) {
                    return lines.get(next);
                }
            }
            assertThat(System.nanoTime()).as("%s: %s has not come", file, what).isLessThan(deadline);
            pause();
        }
    }

    /** Between two looks at what other processes do: they need the processors. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** The value of a field of a line, as in {@code checkpoint=42}. */
    static String field(String line, String name) {
        int start = line.indexOf(' ' + name + '=') + name.length() + 2;
        int end = line.indexOf(' ', start);
        return end < 0 ? line.substring(start) : line.substring(start, end);
    }

    private void readOn() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] more = new byte[(int) (log.length() - position)];
            log.seek(position);
            log.readFully(more);
            position += more.length;
            // A character of several bytes may be cut: only those of no interest are not ASCII.
            begun.append(new String(more, StandardCharsets.US_ASCII));
        }
        int end;
        while ((end = begun.indexOf("\n")) >= 0) {
            lines.add(begun.substring(0, end));
            begun.delete(0, end + 1);
        }
    }
}
