package io.millrace.deploy.benchmarks.jmh;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.state.StateSerializers;

/** Serializers of long keys and values. */
final class LongSerializers implements StateSerializers {
    @Override
    public <T> ValueReader<T> reader(TypeInformation<T> type, WrittenType written) {
        Check.argument(written.isSame(), "These serializers read only what they wrote");
        return of(type)::deserialize;
    }

    @Override
    @SuppressWarnings("unchecked") // nothing but longs is asked for
    public <T> TypeSerializer<T> of(TypeInformation<T> type) {
        return (TypeSerializer<T>) new LongSerializer();
    }
}
