package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.WrittenType;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.taskmanager.state.StateSerializers;

/**
 * Makes the codings of one state.
 *
 * @param was how a snapshot has the state; as it is now if none has it
 * @param is how it is now
 */
public record Codings(StateSerializers serializers, StateDescription was, StateDescription is) {
    /** @param part which of the types that the state is made of */
    public <T> Coding<T> of(TypeInformation<T> type, int part) {
        return new Coding<>(serializers.of(type), serializers.reader(type, new WrittenType(was, is, part)));
    }
}
