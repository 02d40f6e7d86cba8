package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.deploy.process.Millrace.Said;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A cluster whose processes are killed and started one by one. Each TaskManager has one slot. */
final class LooseCluster {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_SECONDS = 60;

    private final Path directory;
    private final Path settings;
    private final Millrace millrace;
    private final Map<String, Member> taskManagers = new TreeMap<>();
    private Member jobManager;
    private int started;
    private boolean wanted;

    LooseCluster() throws IOException {
        Millrace.distribution();
        this.directory = Files.createTempDirectory("millrace-loose-cluster-");
        this.millrace = new Millrace(Files.createDirectory(directory.resolve("scratch")))
                .with("MILLRACE_JOBMANAGER_OPTS", "-Dmillrace.log.level=DEBUG")
                .with("MILLRACE_TASKMANAGER_OPTS", "-Dmillrace.log.level=DEBUG -XX:TieredStopAtLevel=1")
                .with("MILLRACE_TASKMANAGER_HEAP", "256m");
        this.settings = Files.writeString(
                directory.resolve("millrace.yaml"), """
                data.dir: %s
                jobmanager.host: 127.0.0.1
                jobmanager.port: %d
                jobmanager.http-port: 0
                taskmanager.http-port: 0
                taskmanager.slots: 1
                slot.request.timeout: 60s
                """.formatted(directory.resolve("data"), freePort()));
        jobManager = spawn("jobmanager", List.of("jobmanager", "--config", settings.toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Path directory() {
        return directory;
    }

    /** Packs programs of this module with the connectors that they use. */
    Path pack(Class<?> program) throws IOException {
        return JobJar.pack(directory.resolve("jobs.jar"), millrace.logAnalysisJar(), program);
    }

    Path checkpoints() {
        return directory.resolve("data").resolve("checkpoints");
    }

    /** A process and what it writes. */
    private record Member(Process process, LogLines log) {}

    private Member spawn(String name, List<String> words) throws IOException {
        Path log = directory.resolve(name + "-" + started++ + ".log");
        return new Member(millrace.start(log, words), new LogLines(log));
    }

    void startTaskManager(String id) throws IOException {
        taskManagers.put(
                id,
                spawn(
                        id,
                        List.of(
                                "taskmanager",
                                "--config",
                                settings.toString(),
                                "-D",
                                "taskmanager.id=" + id,
                                "-D",
                                "data.dir=" + directory.resolve(id))));
    }

    /** Ends a TaskManager as a power failure would. */
    void kill(String id) throws InterruptedException {
        kill(taskManagers.get(id));
    }

    /** Ends the JobManager as a power failure would, and starts it again on its directory. */
    void killJobManager() throws IOException, InterruptedException {
        kill(jobManager);
        jobManager = spawn("jobmanager", List.of("jobmanager", "--config", settings.toString()));
    }

    private static void kill(Member member) throws InterruptedException {
        member.process().destroyForcibly();
        assertThat(member.process().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** What the JobManager has written since its last start. */
    LogLines jobManagerLog() {
        return jobManager.log();
    }

    /** What a TaskManager has written since its last start. */
    LogLines logOf(String taskManager) {
        return taskManagers.get(taskManager).log();
    }

    /** Has a TaskManager stand still for a while. */
    void stopAndContinue(String taskManager, long millis) throws IOException, InterruptedException {
        String pid = Long.toString(pidOf(taskManager));
        assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
        TimeUnit.MILLISECONDS.sleep(millis);
        assertThat(new ProcessBuilder("kill", "-CONT", pid).start().waitFor()).isZero();
    }

    long pidOf(String taskManager) {
        return taskManagers.get(taskManager).process().pid();
    }

    /** What tells the files of this life of a TaskManager from those of all others. */
    String incarnationOf(String taskManager) throws IOException {
        String registered = jobManager
                .log()
                .last(0, line -> line.contains("taskManager=" + taskManager + " event=registered"))
                .orElseThrow();
        return LogLines.field(registered, "incarnation");
    }

    List<String> taskManagers() {
        return List.copyOf(taskManagers.keySet());
    }

    Said call(String verb, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(verb.split(" ")));
        all.addAll(List.of("--config", settings.toString()));
        all.addAll(List.of(words));
        return millrace.run(all.toArray(String[]::new));
    }

    /** Submits a program of this module. @return the job's id */
    String submit(Path jar, Class<?> program, List<String> settingsOfJob, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-c", program.getName()));
        words.addAll(words(jar, settingsOfJob, arguments));
        return submit(words);
    }

    /** Submits the log analysis. @return the job's id */
    String analyse(List<String> settingsOfJob, List<String> arguments) throws IOException, InterruptedException {
        return submit(words(millrace.logAnalysisJar(), settingsOfJob, arguments));
    }

    Path logAnalysisJar() {
        return millrace.logAnalysisJar();
    }

    static List<String> words(Path jar, List<String> settingsOfJob, List<String> arguments) {
        List<String> words = new ArrayList<>();
        settingsOfJob.forEach(setting -> words.addAll(List.of("-D", setting)));
        words.add(jar.toString());
        words.addAll(arguments);
        return words;
    }

    private String submit(List<String> options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-d"));
        words.addAll(options);
        Said said = call("run", words.toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err()).isZero();
        return said.out()
                .lines()
                .reduce((first, second) -> second)
                .orElseThrow()
                .strip();
    }

    /** The status of a job; RECONNECTING while the JobManager does not answer. */
    String statusOf(String job) throws IOException, InterruptedException {
        Said said = call("list", "--json");
        if (said.exitCode() != 0) {
            return "RECONNECTING";
        }
        for (JsonNode each : JSON.readTree(said.out())) {
            if (each.get("job").textValue().equals(job)) {
                return each.get("status").textValue();
            }
        }
        return "UNKNOWN";
    }

    void awaitStatus(String job, String wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        String status = statusOf(job);
        while (!status.equals(wanted)) {
            assertThat(System.nanoTime())
                    .as("%s is %s for too long", job, status)
                    .isLessThan(deadline);
            status = statusOf(job);
        }
    }

    /** What {@code millrace checkpoints} tells of a job, oldest first. */
    List<JsonNode> checkpointsOf(String job) throws IOException, InterruptedException {
        Said said = call("checkpoints", job, "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        List<JsonNode> checkpoints = new ArrayList<>();
        JSON.readTree(said.out()).forEach(checkpoints::add);
        checkpoints.sort(Comparator.comparingLong(each -> each.get("checkpoint").longValue()));
        return checkpoints;
    }

    /** The TaskManagers that had tasks of a job in its newest run that is known here. */
    List<String> hostsOf(String job) throws IOException {
        String run = jobManager
                .log()
                .last(0, line -> line.contains("job=" + job + " ") && line.contains(" event=RUNNING "))
                .map(line -> LogLines.field(line, "run"))
                .orElseThrow();
        List<String> hosts = new ArrayList<>();
        for (String each : taskManagers.keySet()) {
            if (logOf(each)
                    .last(
                            0,
                            line -> line.contains("event=deploy job=" + job + " ")
                                    && LogLines.field(line, "run").equals(run))
                    .isPresent()) {
                hosts.add(each);
            }
        }
        return hosts;
    }

    /** A test failed: somebody will want to know why. */
    void want() {
        wanted = true;
    }

    boolean isWanted() {
        return wanted;
    }

    /**
     * Ends all processes and removes every file, unless it is wanted. TaskManagers end in an orderly way: then nothing
     * is left of those either that were killed before.
     */
    void end() throws IOException, InterruptedException {
        for (Member member : taskManagers.values()) {
            member.process().destroy();
        }
        for (Member member : taskManagers.values()) {
            assertThat(member.process().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
        kill(jobManager);
        if (wanted) {
            System.out.println("What is left of the cluster: " + directory);
            return;
        }
        List<Path> left = millrace.temporaryFiles();
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
        assertThat(left)
                .as("what TaskManagers left in their temporary directory")
                .isEmpty();
    }
}
