package io.millrace.client.connectors.files;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Version 1: hidden path, visible path, length. */
final class FileCommittableSerializer implements SimpleVersionedSerializer<FileCommittable> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FileCommittable part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(part.hidden());
        out.writeUTF(part.visible());
        out.writeLong(part.bytes());
        return bytes.toByteArray();
    }

    @Override
    public FileCommittable deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("Part files of version " + version + " are not known, only " + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        return new FileCommittable(in.readUTF(), in.readUTF(), in.readLong());
    }
}
