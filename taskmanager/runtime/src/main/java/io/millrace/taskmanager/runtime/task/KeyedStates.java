package io.millrace.taskmanager.runtime.task;

import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.heap.HeapKeyedStateBackend;

/**
 * Makes the state of keyed operators, one per operator and subtask. Any thread; what it makes belongs to the slot's.
 */
public interface KeyedStates {

    /** State on the heap. */
    KeyedStates HEAP = new KeyedStates() {
        @Override
        public <K> KeyedStateBackend<K> create(TypeInformation<K> keyType, JobCode code) {
            SerializerFactory serializers = code.serializers();
            return new HeapKeyedStateBackend<>(
                    keyType, serializers.hasher(keyType), serializers.stateSerializer(keyType, code.userClassLoader()));
        }
    };

    <K> KeyedStateBackend<K> create(TypeInformation<K> keyType, JobCode code);
}
