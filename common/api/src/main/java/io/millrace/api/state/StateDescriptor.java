package io.millrace.api.state;

import java.io.Serializable;

/** Names a state of an operator and says what is in it. Names are unique within an operator. */
public abstract sealed class StateDescriptor implements Serializable
        permits ValueStateDescriptor,
                ListStateDescriptor,
                MapStateDescriptor,
                ReducingStateDescriptor,
                AggregatingStateDescriptor {
    private static final long serialVersionUID = 1L;

    private final String name;

    StateDescriptor(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a state must not be blank");
        }
        this.name = name;
    }

    public final String getName() {
        return name;
    }
}
