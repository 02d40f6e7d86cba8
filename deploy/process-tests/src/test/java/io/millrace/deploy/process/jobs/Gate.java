package io.millrace.deploy.process.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Where user code stays for as long as a test wants: while the file {@code hold-NAME} exists. Who stays says so by the
 * file {@code held-NAME-PID}.
 */
final class Gate implements Serializable {
    private static final long serialVersionUID = 1;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String control;
    private final String name;
    private transient long lastLookNanos;

    /** @param control the directory of the files */
    Gate(String control, String name) {
        this.control = control;
        this.name = name;
    }

    /** Stays while it is closed. Looks every few milliseconds only, so that elements pass at their speed. */
    void pass() throws IOException, InterruptedException {
        long now = System.nanoTime();
        if (now - lastLookNanos < LOOK_NANOS) {
            return;
        }
        lastLookNanos = now;
        boolean said = false;
        while (isClosed()) {
            if (!said) {
                touch(
                        Path.of(control),
                        "held-" + name + "-" + ProcessHandle.current().pid());
                said = true;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
        }
    }

    boolean isClosed() {
        return Files.exists(Path.of(control, "hold-" + name));
    }

    static void touch(Path directory, String name) throws IOException {
        try {
            Files.createFile(directory.resolve(name));
        } catch (FileAlreadyExistsException e) {
            // Said before.
        }
    }
}
