package io.millrace.deploy.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process started by the suite, its output in a file. It ends with the suite, however that ends. */
final class ChildProcess {

    private static final int LOG_LINES_SHOWN = 15;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread reaper;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.reaper = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts a command in the directory; output goes to {@code <name>.out} there. */
    static ChildProcess start(String name, Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        Path log = directory.resolve(name + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ChildProcess(name, log, builder.start());
    }

    /** The JVM this suite runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Fails when the process is gone. */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(name + " ended with exit code " + process.exitValue() + ":\n" + tail());
        }
    }

    /** Waits for the process to end by itself, with exit code 0 and in time. */
    void join(long timeoutMs) throws IOException, InterruptedException {
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
            end();
            throw new IOException(name + " did not end within " + timeoutMs + " ms:\n" + tail());
        }
        end();
        if (process.exitValue() != 0) {
            throw new IOException(name + " ended with exit code " + process.exitValue() + ":\n" + tail());
        }
    }

    /** Ends the process: asked first, forced after five seconds. */
    void end() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private String tail() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LOG_LINES_SHOWN), all.size()));
        }
    }
}
