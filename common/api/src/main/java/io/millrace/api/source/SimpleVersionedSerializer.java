package io.millrace.api.source;

import java.io.IOException;
import java.io.Serializable;

/** Turns splits and enumerator checkpoints into bytes and back, across versions. */
public interface SimpleVersionedSerializer<E> extends Serializable {
    int getVersion();

    byte[] serialize(E value) throws IOException;

    E deserialize(int version, byte[] serialized) throws IOException;
}
