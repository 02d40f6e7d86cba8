package io.millrace.client.connectors.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** Writes an element as bytes, its separator included. */
@FunctionalInterface
public interface Encoder<T> extends Serializable {
    void encode(T element, OutputStream stream) throws IOException;
}
