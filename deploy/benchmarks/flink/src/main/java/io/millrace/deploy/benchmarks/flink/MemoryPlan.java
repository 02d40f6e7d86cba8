package io.millrace.deploy.benchmarks.flink;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * Asks Flink itself how it divides the memory of its processes, as its start scripts do before they start a JVM. Prints
 * four lines: JVM options and dynamic options of a JobManager, then of a TaskManager.
 */
public final class MemoryPlan {

    private MemoryPlan() {}

    /** Takes the configuration directory. */
    public static void main(String[] args) {
        Configuration configuration = GlobalConfiguration.loadConfiguration(args[0]);
        JobManagerProcessSpec jobManager = JobManagerProcessUtils.processSpecFromConfig(configuration);
        TaskExecutorProcessSpec taskManager = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List.of(
                        JobManagerProcessUtils.generateJvmParametersStr(jobManager, configuration),
                        JobManagerProcessUtils.generateDynamicConfigsStr(jobManager),
                        ProcessMemoryUtils.generateJvmParametersStr(taskManager),
                        TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager))
                .forEach(System.out::println);
    }
}
