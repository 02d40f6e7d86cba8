package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes that {@code millrace cluster start} leaves running in the background, with ports and files of their
 * own.
 */
final class MillraceCluster implements EngineCluster {

    private static final long START_TIMEOUT_MS = 60_000;

    private final MillraceEngine engine;
    private final Workload workload;
    private final Path directory;
    private final List<String> settings;
    private final Thread reaper = new Thread(this::stopProcesses, "end-millrace");
    private List<ProcessHandle> workers = List.of();

    MillraceCluster(MillraceEngine engine, Workload workload, Path directory) {
        this.engine = engine;
        this.workload = workload;
        this.directory = directory;
        this.settings = List.of(
                "-D",
                "data.dir=" + directory.resolve("data"),
                "-D",
                "jobmanager.port=0",
                "-D",
                "jobmanager.http-port=0",
                "-D",
                "taskmanager.slots=" + Workload.PARALLELISM / workload.taskManagers());
    }

    /** Returns when all slots are registered: that is when the command does. */
    void startProcesses() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(reaper);
        millrace("start", List.of("cluster", "start", "-t", Integer.toString(workload.taskManagers())), List.of())
                .join(START_TIMEOUT_MS);
        List<ProcessHandle> found = new ArrayList<>();
        for (int number = 1; number <= workload.taskManagers(); number++) {
            String name = "taskmanager-" + number;
            found.add(process(name).orElseThrow(() -> new IOException(name + " is gone: " + directory)));
        }
        workers = List.copyOf(found);
    }

    @Override
    public void run(JobOptions job) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add(engine.jobJar().toString());
        arguments.addAll(job.args());
        List<String> verb = new ArrayList<>(List.of(
                "run",
                "-p",
                Integer.toString(Workload.PARALLELISM),
                "-c",
                "io.millrace.deploy.benchmarks.millrace." + workload.jobClass()));
        verb.addAll(engine.name().flagged("-D"));
        millrace("client", verb, arguments).join(engine.options().jobTimeoutMs());
    }

    @Override
    public List<ProcessHandle> workers() {
        return workers;
    }

    @Override
    public void close() {
        stopProcesses();
        Runtime.getRuntime().removeShutdownHook(reaper);
    }

    private void stopProcesses() {
        List<ProcessHandle> all = new ArrayList<>();
        process("jobmanager").ifPresent(all::add);
        for (int number = 1; number <= workload.taskManagers(); number++) {
            process("taskmanager-" + number).ifPresent(all::add);
        }
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : all) {
            process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        }
    }

    /** The running process of that name, from the note that the command left. */
    private Optional<ProcessHandle> process(String name) {
        Path note = directory.resolve("data/run/" + name + ".pid");
        try {
            String line = Files.exists(note) ? Files.readString(note) : "";
            return line.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess millrace(String name, List<String> verb, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(engine.launcher().toString());
        command.addAll(verb);
        command.addAll(settings);
        command.addAll(arguments);
        return ChildProcess.start(
                name,
                directory,
                command,
                Map.of(
                        "MILLRACE_TASKMANAGER_HEAP",
                        engine.options().heapMiB() + "m",
                        "MILLRACE_TASKMANAGER_OPTS",
                        String.join(" ", engine.options().workerJvmOptions())));
    }
}
