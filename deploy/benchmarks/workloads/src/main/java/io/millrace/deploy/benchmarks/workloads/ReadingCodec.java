package io.millrace.deploy.benchmarks.workloads;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a reading by hand into one reused buffer and reads it back: the least an exchange between processes does. */
final class ReadingCodec {

    private final ByteBuffer buffer = ByteBuffer.allocate(1024);

    Reading pass(Reading reading) {
        buffer.clear();
        putText(reading.sensor);
        buffer.putLong(reading.timestamp).putLong(reading.sequence).putDouble(reading.value);
        putText(reading.note);
        buffer.flip();
        Reading copy = new Reading();
        copy.sensor = getText();
        copy.timestamp = buffer.getLong();
        copy.sequence = buffer.getLong();
        copy.value = buffer.getDouble();
        copy.note = getText();
        return copy;
    }

    private void putText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        buffer.put((byte) bytes.length).put(bytes);
    }

    private String getText() {
        int length = buffer.get();
        int start = buffer.position();
        buffer.position(start + length);
        return new String(buffer.array(), start, length, StandardCharsets.ISO_8859_1);
    }
}
