package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.deploy.process.Millrace.Said;
import io.millrace.deploy.process.jobs.FailingJob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A JobManager and two TaskManagers with two slots each, started by the command and stopped by it. */
final class ProcessCluster {
    static final int SLOTS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Path settings;
    private final Millrace millrace;
    private final Path jobs;

    private ProcessCluster(Path directory) throws IOException {
        this.directory = directory;
        this.millrace = new Millrace(Files.createDirectory(directory.resolve("scratch")));
        this.settings = Files.writeString(directory.resolve("millrace.yaml"), """
                data.dir: %s
                jobmanager.port: 0
                jobmanager.http-port: 0
                taskmanager.slots: 2
                slot.request.timeout: 1s
                """.formatted(directory.resolve("data")));
        this.jobs = packJobs(directory.resolve("jobs.jar"));
    }

    static ProcessCluster start() throws IOException, InterruptedException {
        Millrace.distribution();
        ProcessCluster cluster = new ProcessCluster(Files.createTempDirectory("millrace-process-tests-"));
        Said said = cluster.call("cluster start");
        if (said.exitCode() != 0) {
            cluster.removeFiles();
        }
        assertThat(said.exitCode()).as(said.err()).isZero();
        return cluster;
    }

    /** A directory of this cluster's own for whatever a test writes. */
    Path directory() {
        return directory;
    }

    Millrace millrace() {
        return millrace;
    }

    /** Runs a verb with this cluster's settings; {@code verb} may have two words. */
    Said call(String verb, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(verb.split(" ")));
        all.addAll(List.of("--config", settings.toString()));
        all.addAll(List.of(words));
        return millrace.run(all.toArray(String[]::new));
    }

    /** Runs one of the programs of this module, attached. */
    Said run(Class<?> program, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-c", program.getName(), jobs.toString()));
        return call("run", words.toArray(String[]::new));
    }

    /** A jar with all programs of this module, whose manifest names none of them. */
    Path jobs() {
        return jobs;
    }

    JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(call("cluster status", "--json").out());
    }

    /** That both TaskManagers are there, all slots free and no job alive. */
    void assertIdle() throws IOException, InterruptedException {
        JsonNode status = status();
        assertThat(status.get("taskManagers").size()).isEqualTo(2);
        assertThat(status.get("slotsFree").intValue()).isEqualTo(SLOTS);
        assertThat(status.get("liveJobs").intValue()).isZero();
    }

    /** Stops the processes and removes every file. */
    void stop() throws IOException, InterruptedException {
        Said said = call("cluster stop");
        List<Path> left = millrace.temporaryFiles();
        removeFiles();
        assertThat(said.out() + said.err()).contains("Stopped 3 processes");
        assertThat(left).isEmpty();
    }

    private void removeFiles() throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    private static Path packJobs(Path jar) throws IOException {
        Path classes = Path.of("target", "test-classes");
        String folder = FailingJob.class.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.list(classes.resolve(folder));
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream output = new JarOutputStream(file)) {
            for (Path path : (Iterable<Path>) files::iterator) {
                output.putNextEntry(new JarEntry(folder + "/" + path.getFileName()));
                output.write(Files.readAllBytes(path));
                output.closeEntry();
            }
        }
        return jar;
    }
}
