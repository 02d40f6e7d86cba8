package io.millrace.api.environment;

import io.millrace.api.ApiErrors;
import io.millrace.api.datastream.DataStreamSource;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutionResult;
import io.millrace.api.execution.JobExecutor;
import io.millrace.api.execution.JobExecutorFactory;
import io.millrace.api.plan.builder.FunctionTypes;
import io.millrace.api.plan.builder.JobDraft;
import io.millrace.api.plan.builder.JobGraphBuilder;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.lib.CollectionSource;
import io.millrace.api.source.lib.ElementTypes;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.state.backend.StateBackend;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a program describes its job: sources, and from them streams; then runs it. Nothing runs before {@code execute}.
 * After it the next job can be described. For one thread.
 */
public final class StreamExecutionEnvironment {
    /** The name of a job that is given none. */
    public static final String DEFAULT_JOB_NAME = "Millrace Streaming Job";

    private final @Nullable ExecutionContext context;
    private final JobSettings settings;
    private final ExecutionConfig config;
    private final CheckpointConfig checkpointConfig;
    private final JobDraft job;
    private boolean chaining = true;
    private @Nullable JobExecutor executor;

    private StreamExecutionEnvironment(@Nullable ExecutionContext context, Configuration configuration) {
        this.context = context;
        this.settings = new JobSettings(configuration);
        if (context != null) {
            settings.add(Configuration.of(context.settings(), "-D"));
        }
        this.config = new ExecutionConfig(settings, context == null ? 1 : Math.max(1, context.parallelism()));
        this.checkpointConfig = new CheckpointConfig(settings);
        this.job = new JobDraft(config, this::executeAsync);
    }

    /**
     * An environment whose jobs run where the program was started: on the cluster it was submitted to, or inside this
     * process with {@code millrace-local} on the class path. Settings, parallelism and job name of {@code millrace run}
     * apply.
     */
    public static StreamExecutionEnvironment getExecutionEnvironment() {
        return getExecutionEnvironment(Configuration.EMPTY);
    }

    /** As {@link #getExecutionEnvironment()}; settings given on the command line override {@code configuration}. */
    public static StreamExecutionEnvironment getExecutionEnvironment(Configuration configuration) {
        return new StreamExecutionEnvironment(ExecutionContext.current(), configuration);
    }

    public ExecutionConfig getConfig() {
        return config;
    }

    public CheckpointConfig getCheckpointConfig() {
        return checkpointConfig;
    }

    /** The settings made so far. */
    public Configuration getConfiguration() {
        return settings.configuration();
    }

    /** Adds settings; they override those made so far. */
    public StreamExecutionEnvironment configure(Configuration configuration) {
        settings.add(configuration);
        return this;
    }

    /** As {@link ExecutionConfig#setParallelism}. The default is that of {@code millrace run -p}, else 1. */
    public StreamExecutionEnvironment setParallelism(int parallelism) {
        config.setParallelism(parallelism);
        return this;
    }

    public int getParallelism() {
        return config.getParallelism();
    }

    /** As {@link ExecutionConfig#setMaxParallelism}. The default is 32,768. */
    public StreamExecutionEnvironment setMaxParallelism(int maxParallelism) {
        config.setMaxParallelism(maxParallelism);
        return this;
    }

    public int getMaxParallelism() {
        return config.getMaxParallelism();
    }

    /** Runs every operator in a task of its own. */
    public StreamExecutionEnvironment disableOperatorChaining() {
        chaining = false;
        return this;
    }

    public boolean isChainingEnabled() {
        return chaining;
    }

    /** As {@link CheckpointConfig#setCheckpointInterval(long)}, which see for what this version does with it. */
    public StreamExecutionEnvironment enableCheckpointing(long intervalMillis) {
        checkpointConfig.setCheckpointInterval(intervalMillis);
        return this;
    }

    public StreamExecutionEnvironment enableCheckpointing(long intervalMillis, CheckpointingMode mode) {
        checkpointConfig.setCheckpointingMode(mode);
        return enableCheckpointing(intervalMillis);
    }

    public StreamExecutionEnvironment enableCheckpointing(Duration interval) {
        return enableCheckpointing(interval.toMillis());
    }

    /** Chooses where keyed state is kept, as {@code state.backend} does. The default is the heap. */
    public StreamExecutionEnvironment setStateBackend(StateBackend backend) {
        settings.set(JobOptions.STATE_BACKEND, backend.getName());
        return this;
    }

    /** The given elements, in their order. They may be of different classes. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> DataStreamSource<T> fromData(T... elements) {
        return fromData(Arrays.asList(elements));
    }

    /** As {@link #fromData(Object...)}, with the class that all elements have in common. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> DataStreamSource<T> fromData(Class<T> type, T... elements) {
        return fromData(Arrays.asList(elements), TypeInformation.of(type));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> DataStreamSource<T> fromData(TypeInformation<T> type, T... elements) {
        return fromData(Arrays.asList(elements), type);
    }

    /** The elements of a collection, in its order. They may be of different classes. The collection is read at once. */
    public <T> DataStreamSource<T> fromData(Collection<T> elements) {
        List<T> copy = new ArrayList<>(elements);
        return fromCopy(copy, () -> ElementTypes.common(copy));
    }

    public <T> DataStreamSource<T> fromData(Collection<T> elements, TypeInformation<T> type) {
        return fromCopy(new ArrayList<>(elements), () -> type);
    }

    /** As {@link #fromData(Object...)}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> DataStreamSource<T> fromElements(T... elements) {
        return fromData(Arrays.asList(elements));
    }

    /** As {@link #fromData(Class, Object...)}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> DataStreamSource<T> fromElements(Class<T> type, T... elements) {
        return fromData(type, elements);
    }

    /** As {@link #fromData(Collection)}. */
    public <T> DataStreamSource<T> fromCollection(Collection<T> elements) {
        return fromData(elements);
    }

    public <T> DataStreamSource<T> fromCollection(Collection<T> elements, TypeInformation<T> type) {
        return fromData(elements, type);
    }

    /** One reader, so that elements keep their order; {@code setParallelism} spreads them in contiguous parts. */
    private <T> DataStreamSource<T> fromCopy(List<T> elements, Supplier<TypeInformation<T>> type) {
        return DataStreamSource.add(
                        job,
                        "Collection Source",
                        output -> CollectionSource.of(elements, output),
                        WatermarkStrategy.noWatermarks(),
                        type)
                .setParallelism(1);
    }

    /** The numbers from {@code from} to {@code to}, both included, in contiguous parts, one for each reader. */
    public DataStreamSource<Long> fromSequence(long from, long to) {
        NumberSequenceSource source = new NumberSequenceSource(from, to);
        return fromSource(source, WatermarkStrategy.noWatermarks(), "Sequence Source", TypeInformation.of(Long.class));
    }

    /** The elements of a source, with timestamps and watermarks by {@code watermarks}, one generator for each split. */
    public <T, S extends SourceSplit> DataStreamSource<T> fromSource(
            Source<T, S, ?> source, WatermarkStrategy<T> watermarks, String name) {
        Supplier<TypeInformation<T>> type =
                () -> FunctionTypes.<T>result(source, Source.class, 0, Map.of()).information();
        return DataStreamSource.add(job, name, output -> source, watermarks, type);
    }

    public <T, S extends SourceSplit> DataStreamSource<T> fromSource(
            Source<T, S, ?> source, WatermarkStrategy<T> watermarks, String name, TypeInformation<T> type) {
        return DataStreamSource.add(job, name, output -> source, watermarks, () -> type);
    }

    /** Runs the job and waits for its end. Under {@code millrace run -d} it returns once the job is accepted. */
    public JobExecutionResult execute() {
        return execute(null);
    }

    /**
     * As {@link #execute()}, with a name for the job; that of {@code millrace run --name} goes before.
     *
     * @throws MillraceException if something is wrong with the job (all of it is listed), it is refused, fails or is
     *     cancelled
     */
    public JobExecutionResult execute(@Nullable String jobName) {
        JobClient client = executeAsync(jobName);
        if (context != null && context.detached()) {
            return JobExecutionResult.detached(client.getJobID());
        }
        try {
            return client.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MillraceException failure) {
                throw failure.problem().asException(failure);
            }
            throw new IllegalStateException("Job " + client.getJobID() + " ended with an exception of no code", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(ApiErrors.EXECUTION_INTERRUPTED, "Interrupted while waiting for job " + client.getJobID())
                    .fix("The job goes on; cancel it with 'millrace cancel " + client.getJobID() + "'")
                    .asException(e);
        }
    }

    /** Starts the job and returns once it is accepted. */
    public JobClient executeAsync() {
        return executeAsync(null);
    }

    public JobClient executeAsync(@Nullable String jobName) {
        try {
            JobGraph graph = getJobGraph(jobName);
            return executor().submit(graph);
        } finally {
            job.clear();
        }
    }

    /**
     * The job as described so far, without running it.
     *
     * @throws MillraceException with everything that is wrong with the job
     */
    public JobGraph getJobGraph(@Nullable String jobName) {
        String name = jobName == null ? DEFAULT_JOB_NAME : jobName;
        String forced = context == null ? null : context.jobName();
        return JobGraphBuilder.build(
                job, forced == null ? name : forced, settings.configuration().toMap(), chaining);
    }

    private JobExecutor executor() {
        if (context != null) {
            return context.executor();
        }
        JobExecutor found = executor;
        if (found == null) {
            found = JobExecutorFactory.find().create(settings.configuration());
            executor = found;
        }
        return found;
    }
}
