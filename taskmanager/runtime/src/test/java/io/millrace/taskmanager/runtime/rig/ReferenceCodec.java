package io.millrace.taskmanager.runtime.rig;

import io.millrace.taskmanager.runtime.operator.ObjectCodec;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Hands objects over by reference, so that a test can look at what its functions and sinks did. */
public final class ReferenceCodec implements ObjectCodec {
    private final List<Object> objects = new ArrayList<>();

    public synchronized byte[] put(Object value) {
        objects.add(value);
        return ByteBuffer.allocate(4).putInt(objects.size() - 1).array();
    }

    @Override
    public byte[] encode(Serializable value) {
        return put(value);
    }

    @Override
    public synchronized Object decode(byte[] bytes, ClassLoader loader) {
        return objects.get(ByteBuffer.wrap(bytes).getInt());
    }
}
