package io.millrace.deploy.benchmarks.jmh;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.taskmanager.state.StateSerializers;

/** Serializers of long keys and values. */
final class LongSerializers implements StateSerializers {
    @Override
    @SuppressWarnings("unchecked") // nothing but longs is asked for
    public <T> TypeSerializer<T> of(TypeInformation<T> type) {
        return (TypeSerializer<T>) new LongSerializer();
    }
}
