package io.millrace.taskmanager.state;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;

/** Makes the serializers of states: each value can be read on its own. */
public interface StateSerializers {
    <T> TypeSerializer<T> of(TypeInformation<T> type);

    /** Reads what a snapshot has of a state, be it of an older schema. */
    <T> ValueReader<T> reader(TypeInformation<T> type, WrittenType written);
}
