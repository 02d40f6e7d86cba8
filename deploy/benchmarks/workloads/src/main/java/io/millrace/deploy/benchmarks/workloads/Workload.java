package io.millrace.deploy.benchmarks.workloads;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One measured job: its name on the command line, the processes it runs in, and the class that wires it. */
public enum Workload {
    EXCHANGE("exchange", "keyed exchange of 80-byte records, two processes", "ExchangeJob", 2, Probe.SINK),
    EXCHANGE_LOCAL("exchange-local", "keyed exchange of 80-byte records, one process", "ExchangeJob", 1, Probe.SINK),
    RUNNING_SUM("running-sum", "keyed running sum, 1 M keys on heap", "RunningSumJob", 2, Probe.SINK),
    RUNNING_SUM_HOT(
            "running-sum-hot", "the same after all keys are loaded, 1 % of them change", "HotSumJob", 2, Probe.SINK),
    LOG_ANALYSIS("log-analysis", "log analysis from JSON strings", "LogAnalysisJob", 2, Probe.EVENTS),
    LATENCY("latency", "end-to-end latency at a fixed rate", "LatencyJob", 2, Probe.SINK);

    /** Subtasks of every operator, and slots over all processes. */
    public static final int PARALLELISM = 2;

    private final String id;
    private final String title;
    private final String jobClass;
    private final int taskManagers;
    private final String measuredProbe;

    Workload(String id, String title, String jobClass, int taskManagers, String measuredProbe) {
        this.id = id;
        this.title = title;
        this.jobClass = jobClass;
        this.taskManagers = taskManagers;
        this.measuredProbe = measuredProbe;
    }

    /** The workload of that command-line name. */
    public static Workload of(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown workload '" + id + "', known: "
                        + Arrays.stream(values()).map(Workload::id).collect(Collectors.joining(", "))));
    }

    /** The name on the command line. */
    public String id() {
        return id;
    }

    /** What it measures, in a few words. */
    public String title() {
        return title;
    }

    /** Simple name of the job class; every engine has one of this name in its own package. */
    public String jobClass() {
        return jobClass;
    }

    /** Number of TaskManager processes; together they have {@link #PARALLELISM} slots. */
    public int taskManagers() {
        return taskManagers;
    }

    /** The probe whose count is the throughput. */
    public String measuredProbe() {
        return measuredProbe;
    }

    /** True when the source is paced and the result is a latency, not a throughput. */
    public boolean isPaced() {
        return this == LATENCY;
    }
}
