package io.millrace.api.state;

import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.types.TypeInformation;

/** Describes a {@link ReducingState}. */
public final class ReducingStateDescriptor<T> extends StateDescriptor {
    private static final long serialVersionUID = 1L;

    private final ReduceFunction<T> reduceFunction;
    private final TypeInformation<T> type;

    public ReducingStateDescriptor(String name, ReduceFunction<T> reduceFunction, TypeInformation<T> type) {
        super(name);
        this.reduceFunction = reduceFunction;
        this.type = type;
    }

    public ReducingStateDescriptor(String name, ReduceFunction<T> reduceFunction, Class<T> type) {
        this(name, reduceFunction, TypeInformation.of(type));
    }

    public ReduceFunction<T> getReduceFunction() {
        return reduceFunction;
    }

    public TypeInformation<T> type() {
        return type;
    }
}
