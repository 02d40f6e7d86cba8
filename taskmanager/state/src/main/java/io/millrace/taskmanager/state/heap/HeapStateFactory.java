package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.KeyedStateRequest;

/** Makes keyed state on the heap. */
public final class HeapStateFactory implements KeyedStateFactory {

    @Override
    public <K> KeyedStateBackend<K> create(KeyedStateRequest<K> request) {
        return new HeapKeyedStateBackend<>(
                request.keyType(), request.hasher(), request.serializers(), request.groups(), request.restored());
    }
}
