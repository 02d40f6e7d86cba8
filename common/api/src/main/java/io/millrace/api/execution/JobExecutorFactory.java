package io.millrace.api.execution;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.error.Problem;
import java.util.ServiceLoader;

/** Makes the executor of a program that was not started by a launcher. Found by {@link ServiceLoader}. */
public interface JobExecutorFactory {

    /**
     * @param configuration what the program set before its first job
     * @return a new executor, or one that is shared
     */
    JobExecutor create(Configuration configuration);

    /**
     * The factory on the class path.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code NO_EXECUTOR} if there is none
     */
    static JobExecutorFactory find() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return ServiceLoader.load(JobExecutorFactory.class, loader).findFirst().orElseThrow(() -> Problem.of(
                        ApiErrors.NO_EXECUTOR, "There is nothing to run the job on")
                .because("the program was not started by 'millrace run', and no executor is on its class path")
                .fix("Add the dependency io.millrace:millrace-local to run jobs inside the program, or start it with"
                        + " 'millrace run JAR'")
                .asException());
    }
}
