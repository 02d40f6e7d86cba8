package io.millrace.client.cli.local;

import io.millrace.common.core.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A background process of a local cluster. Its start time goes with its number, so that another process which got the
 * number later is never taken for it.
 *
 * @param name {@code jobmanager} or {@code taskmanager-N}
 * @param startedAtEpochMs as the operating system tells; 0 if it does not
 */
public record ServerProcess(String name, long pid, long startedAtEpochMs) {
    /** The operating system counts in steps of 10 ms, from a boot time that it rounds. */
    private static final long START_TOLERANCE_MS = 2_000;

    private static final long POLL_MS = 10;

    static ServerProcess of(String name, Process process) {
        return new ServerProcess(name, process.pid(), startOf(process.toHandle()));
    }

    /** Reads what {@link #toLine} writes; empty if it is something else. */
    static Optional<ServerProcess> parse(String name, String line) {
        String[] words = line.strip().split(" ", -1);
        try {
            return words.length == 2
                    ? Optional.of(new ServerProcess(name, Long.parseLong(words[0]), Long.parseLong(words[1])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String toLine() {
        return pid + " " + startedAtEpochMs;
    }

    public boolean isAlive() {
        return handle().isPresent();
    }

    /** Asks the process to end. */
    void terminate() {
        handle().ifPresent(ProcessHandle::destroy);
    }

    /** Ends the process without asking. */
    void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
    }

    /**
     * Waits for its end, a bounded time. Looks for itself: the JVM takes its time over processes that it did not start.
     *
     * @return whether it has ended
     */
    boolean awaitEnd(Clock clock, long deadlineNanos) throws InterruptedException {
        while (isAlive()) {
            if (clock.nanoTime() - deadlineNanos > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return true;
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> Math.abs(startOf(handle) - startedAtEpochMs) <= START_TOLERANCE_MS);
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
