package io.millrace.taskmanager.runtime.task;

import io.millrace.api.types.TypeInformation;
import io.millrace.taskmanager.state.KeyedStateBackend;

/**
 * Makes the state of keyed operators, one per operator and subtask. Any thread; what it makes belongs to the slot's.
 */
public interface KeyedStates {

    <K> KeyedStateBackend<K> create(TypeInformation<K> keyType);
}
