package io.millrace.deploy.benchmarks.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The version control state of the measured sources. */
final class Checkout {

    private Checkout() {}

    /** The short commit with {@code -dirty} after changes, or {@code unknown} outside a git checkout. */
    static String commit(Path home) throws IOException, InterruptedException {
        Process git = new ProcessBuilder(List.of("git", "describe", "--always", "--dirty"))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return git.waitFor() == 0 ? output : "unknown";
    }
}
