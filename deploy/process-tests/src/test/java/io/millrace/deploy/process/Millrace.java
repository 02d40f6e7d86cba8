package io.millrace.deploy.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution's command, run as a process of its own. */
final class Millrace {
    private static final String DISTRIBUTION_PROPERTY = "millrace.distribution";
    private static final long LONGEST_SECONDS = 60;

    private final Path home;
    private final Path scratch;
    private final Path temporary;
    private final Map<String, String> settings = new HashMap<>();

    /** @param scratch for what the command writes to its streams */
    Millrace(Path scratch) {
        this.home = distribution();
        this.scratch = scratch;
        this.temporary = scratch.resolve("tmp");
    }

    /** @throws IllegalStateException if there is none that is whole */
    static Path distribution() {
        String directory = System.getProperty(DISTRIBUTION_PROPERTY);
        if (directory == null || !Files.isRegularFile(Path.of(directory, ".complete"))) {
            throw new IllegalStateException("There is no whole distribution at " + directory
                    + ": build it first, with 'mvn package -pl deploy/dist -am'");
        }
        return Path.of(directory).toAbsolutePath().normalize();
    }

    Path logAnalysisJar() {
        return home.resolve("examples/log-analysis.jar");
    }

    /** Sets an environment variable for every call that follows. */
    Millrace with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Runs {@code millrace} with these words to its end. */
    Said run(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/millrace").toString()));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(scratch, "out", ".txt");
        Path err = Files.createTempFile(scratch, "err", ".txt");
        ProcessBuilder builder = builder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("'millrace " + String.join(" ", words) + "' did not end; it said: " + text(err));
        }
        return new Said(process.exitValue(), text(out), text(err));
    }

    /** Starts a process of the distribution that goes on running; {@code exec} makes it the one that is killed. */
    Process start(Path log, List<String> words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/millrace").toString()));
        command.addAll(words);
        ProcessBuilder builder = builder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private ProcessBuilder builder(List<String> command) throws IOException {
        Files.createDirectories(temporary);
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        environment.putAll(settings);
        environment.merge(
                "MILLRACE_TASKMANAGER_OPTS",
                "-Djava.io.tmpdir=" + temporary,
                (given, directory) -> given + " " + directory);
        return builder;
    }

    /** What TaskManagers have in their directory for temporary files. */
    List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** How a call ended and what it wrote. */
    record Said(int exitCode, String out, String err) {}
}
