package io.millrace.client.connectors.files;

import java.io.Serializable;

/** Makes an element of a line. */
public interface LineFormat<T> extends Serializable {

    /**
     * @param line without its line end; bytes that are not UTF-8 have become U+FFFD
     * @param file the file's path
     * @param number the line's number in the file, from 1
     */
    T decode(String line, String file, long number);
}
