package io.millrace.deploy.local;

import io.millrace.api.execution.JobExecutor;
import io.millrace.api.execution.JobExecutorFactory;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.TaskManagerOptions;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets a program that is started by itself, as from an IDE, run its jobs in its own JVM: the first job starts an
 * embedded cluster that lives as long as the JVM. What jobs print goes to standard output.
 */
public final class EmbeddedExecutorFactory implements JobExecutorFactory {
    private static final AtomicReference<@Nullable EmbeddedCluster> SHARED = new AtomicReference<>();

    @Override
    public JobExecutor create(Configuration configuration) {
        return shared(configuration).executor(new ConsoleObserver());
    }

    private static synchronized EmbeddedCluster shared(Configuration configuration) {
        EmbeddedCluster running = SHARED.get();
        if (running == null) {
            int slots = configuration.get(TaskManagerOptions.SLOTS);
            running = EmbeddedCluster.start(
                    1, slots > 0 ? slots : Runtime.getRuntime().availableProcessors());
            SHARED.set(running);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "close embedded cluster"));
        }
        return running;
    }
}
