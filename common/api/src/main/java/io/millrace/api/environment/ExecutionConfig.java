package io.millrace.api.environment;

import io.millrace.api.execution.GlobalParameters;
import io.millrace.api.plan.builder.JobDraft;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.graph.JobVertex;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Settings of a job as a whole. */
public final class ExecutionConfig implements JobDraft.Defaults {
    private final JobSettings settings;
    private int parallelism;
    private int maxParallelism = JobVertex.DEFAULT_MAX_PARALLELISM;

    ExecutionConfig(JobSettings settings, int parallelism) {
        this.settings = settings;
        this.parallelism = parallelism;
    }

    /**
     * Parameters that every rich function sees. To be extended, or used as they are with
     * {@link #setGlobalJobParameters(Map)}.
     */
    public static class GlobalJobParameters implements Serializable {
        private static final long serialVersionUID = 1L;

        /** The parameters; none unless a subclass says otherwise. */
        public Map<String, String> toMap() {
            return Map.of();
        }
    }

    /** The parallelism of operators that are added from now on and set none. */
    @Override
    public int getParallelism() {
        return parallelism;
    }

    public ExecutionConfig setParallelism(int newParallelism) {
        parallelism = newParallelism;
        return this;
    }

    /** The number of key groups of operators that are added from now on and set none. */
    @Override
    public int getMaxParallelism() {
        return maxParallelism;
    }

    public void setMaxParallelism(int newMaxParallelism) {
        maxParallelism = newMaxParallelism;
    }

    /**
     * Hands mutable elements on without copies. Results then depend on no function changing an element it has emitted
     * or received, nor keeping one.
     */
    public ExecutionConfig enableObjectReuse() {
        settings.set(JobOptions.OBJECT_REUSE, true);
        return this;
    }

    public ExecutionConfig disableObjectReuse() {
        settings.set(JobOptions.OBJECT_REUSE, false);
        return this;
    }

    public boolean isObjectReuseEnabled() {
        return settings.get(JobOptions.OBJECT_REUSE);
    }

    /** How often, in milliseconds, generators are asked for a watermark. */
    public ExecutionConfig setAutoWatermarkInterval(long millis) {
        settings.setMillis(JobOptions.AUTO_WATERMARK_INTERVAL, millis);
        return this;
    }

    public ExecutionConfig setAutoWatermarkInterval(Duration interval) {
        return setAutoWatermarkInterval(interval.toMillis());
    }

    public long getAutoWatermarkInterval() {
        return settings.get(JobOptions.AUTO_WATERMARK_INTERVAL).toMillis();
    }

    /** Parameters that every rich function sees in its runtime context. */
    public void setGlobalJobParameters(GlobalJobParameters parameters) {
        setGlobalJobParameters(parameters.toMap());
    }

    public void setGlobalJobParameters(Map<String, String> parameters) {
        settings.set(JobOptions.GLOBAL_PARAMETERS, GlobalParameters.write(new TreeMap<>(parameters)));
    }

    public Map<String, String> getGlobalJobParameters() {
        return GlobalParameters.read(settings.get(JobOptions.GLOBAL_PARAMETERS));
    }
}
