package io.millrace.client.connectors.files;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Version 1: path, position, lines. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FileSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        write(split, out);
        return bytes.toByteArray();
    }

    static void write(FileSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.path());
        out.writeLong(split.position());
        out.writeLong(split.lines());
    }

    static FileSplit read(DataInputStream in) throws IOException {
        return new FileSplit(in.readUTF(), in.readLong(), in.readLong());
    }

    static void requireVersion(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("File splits of version " + version + " are not known, only " + VERSION);
        }
    }

    @Override
    public FileSplit deserialize(int version, byte[] serialized) throws IOException {
        requireVersion(version);
        return read(new DataInputStream(new ByteArrayInputStream(serialized)));
    }
}
