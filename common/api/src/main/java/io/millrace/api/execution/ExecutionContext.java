package io.millrace.api.execution;

import io.millrace.common.core.error.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher of a {@code main()} hands to the jobs built in it. It holds for the thread that calls
 * {@link #install} and the threads started from it, until the scope is closed.
 *
 * @param executor runs the jobs
 * @param parallelism parallelism of operators that set none; 0 leaves it to the job
 * @param jobName in place of the name given to {@code execute(name)}; null leaves it to the job
 * @param settings settings of the job, key to value; the job's own calls override them
 * @param detached whether {@code execute()} returns once the job is accepted
 */
public record ExecutionContext(
        JobExecutor executor,
        int parallelism,
        @Nullable String jobName,
        Map<String, String> settings,
        boolean detached) {
    private static final InheritableThreadLocal<@Nullable ExecutionContext> CURRENT = new InheritableThreadLocal<>();

    public ExecutionContext {
        Check.argument(parallelism >= 0, "A parallelism is not negative, found " + parallelism);
        settings = Map.copyOf(settings);
    }

    /** A context that only says where jobs run. */
    public static ExecutionContext of(JobExecutor executor) {
        return new ExecutionContext(executor, 0, null, Map.of(), false);
    }

    /** Makes this the calling thread's context until the scope is closed. */
    public Scope install() {
        ExecutionContext before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** The calling thread's context; null if no launcher installed one. */
    public static @Nullable ExecutionContext current() {
        return CURRENT.get();
    }

    /** Ends a context. To be closed by the thread that installed it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
