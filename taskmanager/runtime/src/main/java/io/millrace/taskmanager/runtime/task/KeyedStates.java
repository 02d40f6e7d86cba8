package io.millrace.taskmanager.runtime.task;

import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.StateSerializers;
import io.millrace.taskmanager.state.heap.HeapKeyedStateBackend;

/**
 * Makes the state of keyed operators, one per operator and subtask. Any thread; what it makes belongs to the slot's.
 */
public interface KeyedStates {

    /** State on the heap. */
    KeyedStates HEAP = new KeyedStates() {
        @Override
        public <K> KeyedStateBackend<K> create(
                TypeInformation<K> keyType, JobCode code, KeyGroups groups, RestoredState restored) {
            SerializerFactory factory = code.serializers();
            StateSerializers serializers = new StateSerializers() {
                @Override
                public <T> TypeSerializer<T> of(TypeInformation<T> type) {
                    return factory.stateSerializer(type, code.userClassLoader());
                }

                @Override
                public <T> ValueReader<T> reader(TypeInformation<T> type, WrittenType written) {
                    return factory.stateReader(type, written, code.userClassLoader());
                }
            };
            return new HeapKeyedStateBackend<>(keyType, factory.hasher(keyType), serializers, groups, restored);
        }
    };

    /**
     * @param groups those of the subtask
     * @param restored what it takes up
     */
    <K> KeyedStateBackend<K> create(TypeInformation<K> keyType, JobCode code, KeyGroups groups, RestoredState restored);
}
