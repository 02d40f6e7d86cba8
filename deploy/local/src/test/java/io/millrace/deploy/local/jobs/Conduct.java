package io.millrace.deploy.local.jobs;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How a {@link ChurnJob} behaves. */
public enum Conduct {
    /** Runs as fast as it can. */
    FLOWING,
    /** Its sink takes a millisecond for each record, so that everything before it has to wait. */
    BACK_PRESSURED,
    /** Its sink never comes back from its first record unless it is interrupted. */
    BLOCKED,
    FAILS_IN_OPEN,
    FAILS_IN_PROCESS,
    FAILS_IN_EVENT_TIMER,
    FAILS_IN_PROCESSING_TIMER,
    FAILS_IN_WINDOW,
    FAILS_IN_SINK;

    public boolean fails() {
        return name().startsWith("FAILS");
    }

    /** To be called where {@code place} says; throws if that is where this conduct fails. */
    void at(Conduct place) throws IOException {
        if (this == place) {
            throw new IOException("planned failure: " + place);
        }
    }

    /** What the sink does with a record. */
    void write() throws IOException, InterruptedException {
        at(FAILS_IN_SINK);
        if (this == BLOCKED) {
            new Semaphore(0).acquire();
        } else if (this == BACK_PRESSURED && new Semaphore(0).tryAcquire(1, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody releases this");
        }
    }

    /** Whether a thread of this JVM waits in a sink; for tests, which see other classes of this name than jobs. */
    public static boolean isAnyWaiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.WAITING)
                .anyMatch(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(Conduct.class.getName())));
    }
}
