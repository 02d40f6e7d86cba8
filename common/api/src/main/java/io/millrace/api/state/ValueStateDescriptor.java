package io.millrace.api.state;

import io.millrace.api.types.TypeInformation;

/** Describes a {@link ValueState}. */
public final class ValueStateDescriptor<T> extends StateDescriptor {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;

    public ValueStateDescriptor(String name, TypeInformation<T> type) {
        super(name);
        this.type = type;
    }

    public ValueStateDescriptor(String name, Class<T> type) {
        this(name, TypeInformation.of(type));
    }

    public TypeInformation<T> type() {
        return type;
    }
}
