package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The processes of one standalone Flink cluster. Jobs are submitted with Flink's own command-line client, attached. */
final class FlinkCluster implements EngineCluster {

    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";
    private static final String MEMORY_PLAN = "io.millrace.deploy.benchmarks.flink.MemoryPlan";
    private static final int FRAMEWORK_HEAP_MIB = 128;
    private static final long READY_TIMEOUT_MS = 120_000;

    /** Packages Flink's own default configuration opens on a modern JDK. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.net",
            "java.base/java.io",
            "java.base/java.nio",
            "java.base/sun.nio.ch",
            "java.base/java.lang.reflect",
            "java.base/java.text",
            "java.base/java.time",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.concurrent.locks");

    private final FlinkEngine engine;
    private final Workload workload;
    private final Path directory;
    private final int restPort;
    private final int rpcPort;
    private final List<ChildProcess> processes = new ArrayList<>();

    FlinkCluster(FlinkEngine engine, Workload workload, Path directory) throws IOException {
        this.engine = engine;
        this.workload = workload;
        this.directory = directory;
        this.restPort = freePort();
        this.rpcPort = freePort();
    }

    /** Starts every process and waits until all slots are registered. */
    void startProcesses() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("config.yaml"), configuration());
        Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d %-5level %logger{30} - %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
        List<String> plan = memoryPlan();
        processes.add(daemon("jobmanager", JOB_MANAGER, plan.get(0), plan.get(1)));
        for (int i = 0; i < workload.taskManagers(); i++) {
            processes.add(daemon("taskmanager-" + i, TASK_MANAGER, workerOptions(plan.get(2)), plan.get(3)));
        }
        awaitSlots();
    }

    @Override
    public void run(JobOptions job) throws IOException, InterruptedException {
        List<String> command = java(List.of(), engine.classPath(), CLIENT);
        command.addAll(List.of("run", "-p", Integer.toString(Workload.PARALLELISM)));
        if (engine.reusesObjects()) {
            command.add("-Dpipeline.object-reuse=true");
        }
        engine.name().settings().forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-c", "io.millrace.deploy.benchmarks.flink." + workload.jobClass()));
        command.add(engine.jobJar().toString());
        command.addAll(job.args());
        ChildProcess.start("client", directory, command, environment())
                .join(engine.options().jobTimeoutMs());
    }

    @Override
    public List<ProcessHandle> workers() {
        return processes.stream().skip(1).map(ChildProcess::handle).toList();
    }

    @Override
    public void close() {
        for (ChildProcess process : processes) {
            process.end();
        }
        processes.clear();
    }

    private String configuration() {
        return String.join(
                "\n",
                "jobmanager.rpc.address: 127.0.0.1",
                "jobmanager.rpc.port: " + rpcPort,
                "jobmanager.bind-host: 127.0.0.1",
                "jobmanager.memory.process.size: 1600m",
                "rest.address: 127.0.0.1",
                "rest.bind-address: 127.0.0.1",
                "rest.port: " + restPort,
                "taskmanager.host: 127.0.0.1",
                "taskmanager.bind-host: 127.0.0.1",
                "taskmanager.numberOfTaskSlots: " + Workload.PARALLELISM / workload.taskManagers(),
                "taskmanager.memory.task.heap.size: " + (engine.options().heapMiB() - FRAMEWORK_HEAP_MIB) + "m",
                "taskmanager.memory.managed.size: 0m",
                "io.tmp.dirs: " + directory.resolve("tmp"),
                "");
    }

    /** Flink's own division of the memory, as its start scripts ask for it. */
    private List<String> memoryPlan() throws IOException, InterruptedException {
        List<String> command = java(List.of(), engine.planClassPath(), MEMORY_PLAN);
        command.add(directory.toString());
        ChildProcess.start("memory-plan", directory, command, environment()).join(READY_TIMEOUT_MS);
        List<String> lines = Files.readAllLines(directory.resolve("memory-plan.out"));
        return lines.subList(lines.size() - 4, lines.size());
    }

    private String workerOptions(String planned) {
        return planned + " " + String.join(" ", engine.options().workerJvmOptions());
    }

    private ChildProcess daemon(String name, String main, String jvmOptions, String dynamicOptions) throws IOException {
        List<String> options = new ArrayList<>(List.of(jvmOptions.trim().split(" +")));
        options.add("-XX:+UseG1GC");
        List<String> command = java(options, engine.classPath(), main);
        command.addAll(List.of("--configDir", directory.toString()));
        command.addAll(List.of(dynamicOptions.trim().split(" +")));
        return ChildProcess.start(name, directory, command, environment());
    }

    private List<String> java(List<String> options, String classPath, String main) {
        List<String> command = new ArrayList<>();
        command.add(ChildProcess.java());
        OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.add("-Dlogback.configurationFile=" + directory.resolve("logback.xml"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }

    private Map<String, String> environment() {
        return Map.of("FLINK_CONF_DIR", directory.toString());
    }

    private void awaitSlots() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest overview = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/overview"))
                .build();
        String expected = "\"slots-available\":" + Workload.PARALLELISM;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_TIMEOUT_MS);
        while (!answer(client, overview).contains(expected)) {
            for (ChildProcess process : processes) {
                process.requireAlive();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("Flink had no " + Workload.PARALLELISM + " slots after " + READY_TIMEOUT_MS
                        + " ms; its logs are in " + directory);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String answer(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException notYetListening) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
