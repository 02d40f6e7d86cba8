package io.millrace.client.connectors.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes {@code toString()} in UTF-8 and a line feed. */
public final class SimpleStringEncoder<T> implements Encoder<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(T element, OutputStream stream) throws IOException {
        stream.write(element.toString().getBytes(StandardCharsets.UTF_8));
        stream.write('\n');
    }
}
