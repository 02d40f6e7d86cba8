package io.millrace.api.datastream;

import io.millrace.api.plan.builder.Chaining;
import io.millrace.api.plan.builder.ExchangeDraft;
import io.millrace.api.plan.builder.JobDraft;
import io.millrace.api.plan.builder.OperatorDraft;
import io.millrace.api.plan.builder.Upstream;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.OutputTag;
import java.util.List;

/** The output of an operator, with the operator's settings. */
public sealed class SingleOutputStreamOperator<T> extends DataStream<T> permits DataStreamSource {
    final OperatorDraft<?, T> operator;

    SingleOutputStreamOperator(JobDraft job, OperatorDraft<?, T> operator) {
        super(job, List.of(new Upstream<>(operator, null, ExchangeDraft.automatic())));
        this.operator = operator;
    }

    public String getName() {
        return operator.name();
    }

    /** The operator's name for people. */
    public SingleOutputStreamOperator<T> name(String name) {
        operator.setName(name);
        return this;
    }

    /** The name under which the operator's state is found again. Unique within the job. */
    public SingleOutputStreamOperator<T> uid(String uid) {
        operator.setUid(Arguments.uid(uid));
        return this;
    }

    public SingleOutputStreamOperator<T> setParallelism(int parallelism) {
        operator.setParallelism(parallelism);
        return this;
    }

    /** The number of key groups of the operator's state: the most it can ever be scaled to. */
    public SingleOutputStreamOperator<T> setMaxParallelism(int maxParallelism) {
        operator.setMaxParallelism(maxParallelism);
        return this;
    }

    /** Runs the operator in a task of its own. */
    public SingleOutputStreamOperator<T> disableChaining() {
        operator.setChaining(Chaining.NEVER);
        return this;
    }

    /** Keeps the operator out of the task of the one before. */
    public SingleOutputStreamOperator<T> startNewChain() {
        operator.setChaining(Chaining.HEAD);
        return this;
    }

    /** Subtasks of different groups never share a slot. Operators behind take the group over unless they set one. */
    public SingleOutputStreamOperator<T> slotSharingGroup(String group) {
        operator.setSlotSharingGroup(Arguments.slotSharingGroup(group));
        return this;
    }

    /** A longer text for people. */
    public SingleOutputStreamOperator<T> setDescription(String description) {
        operator.setDescription(description);
        return this;
    }

    /** Declares the type of the elements. Only needed where it cannot be found and dynamic elements are not wanted. */
    public SingleOutputStreamOperator<T> returns(Class<T> type) {
        return returns(TypeInformation.of(type));
    }

    /** As {@link #returns(Class)}, with generic arguments: {@code returns(new TypeHint<Tuple2<String, Long>>() {})}. */
    public SingleOutputStreamOperator<T> returns(TypeHint<T> hint) {
        return returns(hint.getTypeInfo());
    }

    public SingleOutputStreamOperator<T> returns(TypeInformation<T> type) {
        operator.declareType(type);
        return this;
    }

    /** What the operator's function hands to {@code ctx.output(tag, value)}; late elements of a window. */
    public <X> SideOutputDataStream<X> getSideOutput(OutputTag<X> tag) {
        return new SideOutputDataStream<>(job, List.of(new Upstream<>(operator, tag, ExchangeDraft.automatic())));
    }
}
