package io.millrace.api.util;

import java.util.Iterator;

/** An iterator that holds on to something until it is closed. Closing twice is harmless. */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {
    @Override
    void close();
}
