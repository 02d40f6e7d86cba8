package io.millrace.api.datastream;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.plan.builder.JobDraft;
import io.millrace.api.plan.builder.OperatorDraft;
import io.millrace.api.plan.builder.OperatorRecipe;
import io.millrace.api.plan.builder.StreamType;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.TypeInformation;
import java.util.function.Function;
import java.util.function.Supplier;

/** The output of a source. */
public final class DataStreamSource<T> extends SingleOutputStreamOperator<T> {

    private DataStreamSource(JobDraft job, OperatorDraft<?, T> operator) {
        super(job, operator);
    }

    /**
     * Adds a source to a job. For {@code StreamExecutionEnvironment}.
     *
     * @param source makes the source once the type of its elements is settled
     * @param type finds the type unless the user declares one
     */
    public static <T, S extends SourceSplit> DataStreamSource<T> add(
            JobDraft job,
            String name,
            Function<TypeInformation<T>, Source<T, S, ?>> source,
            WatermarkStrategy<T> watermarks,
            Supplier<TypeInformation<T>> type) {
        OperatorRecipe<Void, T> recipe = new OperatorRecipe<>(
                "Source: " + name,
                none -> StreamType.declared(type.get()),
                (none, output) -> new SourceSpec<>(source.apply(output), watermarks, output));
        return new DataStreamSource<>(job, job.addSource(recipe));
    }

    @Override
    public DataStreamSource<T> setParallelism(int parallelism) {
        super.setParallelism(parallelism);
        return this;
    }
}
