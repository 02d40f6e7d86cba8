package io.millrace.deploy.benchmarks.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.millrace.deploy.benchmarks.workloads.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: measures the chosen engines side by side, in turn, and writes the results. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Measures stream engines side by side: A B A B, medians of several rounds.")
public final class Suite implements Callable<Integer> {

    @Option(
            names = "--engines",
            split = ",",
            description = "Engines in the order of each round; 'millrace[checkpoint.interval=0ms;...]' is one with"
                    + " settings of the job: ${DEFAULT-VALUE}")
    private List<String> engines = List.of("millrace", "flink", "flink-reuse", "plain-java");

    @Option(
            names = "--workloads",
            split = ",",
            description = "exchange, exchange-local, running-sum, running-sum-hot, log-analysis, latency")
    private List<String> workloads = List.of("exchange", "exchange-local", "running-sum", "log-analysis", "latency");

    @Option(names = "--rounds", description = "Rounds per workload.")
    private int rounds = 5;

    @Option(names = "--warmup", description = "Seconds of each run before figures count.")
    private int warmupSeconds = 10;

    @Option(names = "--measure", description = "Seconds of each run over which figures count.")
    private int measureSeconds = 10;

    @Option(names = "--rate", description = "Records per second of the latency workload.")
    private long rate = 100_000;

    @Option(names = "--heap", description = "Heap of each worker process in MiB.")
    private int heapMiB = 2048;

    @Option(names = "--check", description = "Records of the run that compares results first; 0 skips it.")
    private long checkCount = 500_000;

    @Option(
            names = "--results",
            description = "Folder for the results.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private Path resultsFolder = Path.of(System.getProperty("benchmarks.home", "."), "results");

    @Option(names = "--worker-jvm", description = "One more option for the JVM of every worker; may be repeated.")
    private List<String> workerJvmOptions = List.of();

    @Option(names = "--keep-logs", description = "Keep the logs of all processes and say where they are.")
    private boolean keepLogs;

    private final String commandLine;

    private Suite(String commandLine) {
        this.commandLine = commandLine;
    }

    /** Exit code 0 when everything was measured, 1 when a run failed, 2 for wrong arguments. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Suite(String.join(" ", args))).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SuiteOptions options = new SuiteOptions(
                Path.of(System.getProperty("benchmarks.home", "."))
                        .toAbsolutePath()
                        .normalize(),
                rounds,
                warmupSeconds * 1000L,
                measureSeconds * 1000L,
                rate,
                heapMiB,
                checkCount,
                workerJvmOptions);
        Map<String, Engine> chosen = new LinkedHashMap<>();
        engines.forEach(id -> chosen.put(id, engine(EngineName.parse(id), options)));
        Path scratch = Files.createTempDirectory("millrace-benchmarks-");
        LocalDateTime started = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        List<Measurement> measurements = new ArrayList<>();
        String failure = null;
        try {
            measureAll(new Bench(options, scratch), options, List.copyOf(chosen.values()), measurements);
        } catch (IOException | IllegalStateException e) {
            failure = String.valueOf(e.getMessage());
            System.err.println(failure);
        }
        write(results(started, chosen, options, measurements, failure), started);
        if (keepLogs || failure != null) {
            System.err.println("logs: " + scratch);
        } else {
            delete(scratch);
        }
        return failure == null ? 0 : 1;
    }

    private void measureAll(Bench bench, SuiteOptions options, List<Engine> all, List<Measurement> measurements)
            throws IOException, InterruptedException {
        for (String id : workloads) {
            Workload workload = Workload.of(id);
            List<Engine> running =
                    all.stream().filter(engine -> engine.runs(workload)).toList();
            new ResultCheck(bench, options).requireEqual(running, workload);
            for (int round = 1; round <= rounds; round++) {
                for (Engine engine : running) {
                    Measurement measurement = bench.measure(engine, workload, round);
                    measurements.add(measurement);
                    show(measurement);
                }
            }
        }
    }

    private static Engine engine(EngineName name, SuiteOptions options) {
        return switch (name.engine()) {
            case "millrace" -> new MillraceEngine(name, options);
            case "flink" -> new FlinkEngine(name, options, false);
            case "flink-reuse" -> new FlinkEngine(name, options, true);
            case "plain-java" -> new PlainJava(options);
            default ->
                throw new IllegalArgumentException(
                        "unknown engine '" + name.engine() + "', known: millrace, flink, flink-reuse, plain-java");
        };
    }

    private Results results(
            LocalDateTime started,
            Map<String, Engine> chosen,
            SuiteOptions options,
            List<Measurement> measurements,
            @Nullable String failure)
            throws IOException, InterruptedException {
        Map<String, String> descriptions = new LinkedHashMap<>();
        chosen.forEach((id, engine) -> descriptions.put(id, engine.description()));
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("parallelism", Integer.toString(Workload.PARALLELISM));
        shared.put("heap of each worker", heapMiB + " MiB");
        shared.put("rounds", Integer.toString(rounds));
        shared.put("warm-up", warmupSeconds + " s");
        shared.put("measured", measureSeconds + " s");
        return new Results(
                started.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")),
                Checkout.commit(options.home()),
                commandLine,
                Machine.here(),
                descriptions,
                shared,
                measurements,
                failure);
    }

    private void write(Results results, LocalDateTime started) throws IOException {
        Files.createDirectories(resultsFolder);
        String name = started.format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm"));
        String markdown = new Report(results).markdown();
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(resultsFolder.resolve(name + ".json"), mapper.writeValueAsString(results) + "\n");
        Files.writeString(resultsFolder.resolve(name + ".md"), markdown);
        System.out.println(markdown);
    }

    private static void show(Measurement m) {
        Measurement.Latency latency = m.latency();
        String tail = latency == null
                ? ""
                : String.format(", p50 %.3f p99 %.2f p99.9 %.2f ms", latency.p50(), latency.p99(), latency.p999());
        System.err.printf(
                "%s round %d %s: %,.0f records/s, %.2f CPU s per M, %.2f foreign cores%s%n",
                m.workload(),
                m.round(),
                m.engine(),
                m.recordsPerSecond(),
                m.cpuSecondsPerMillion(),
                m.foreignCpu(),
                tail);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
