package io.millrace.taskmanager.state;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;

/** Makes the serializers of states: each value can be read on its own. */
@FunctionalInterface
public interface StateSerializers {
    <T> TypeSerializer<T> of(TypeInformation<T> type);
}
