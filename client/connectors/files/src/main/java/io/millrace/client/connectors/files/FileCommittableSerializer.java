package io.millrace.client.connectors.files;

import io.millrace.api.source.OneVersionSerializer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Version 1: hidden path, visible path, length. */
final class FileCommittableSerializer extends OneVersionSerializer<FileCommittable> {
    private static final long serialVersionUID = 1L;

    FileCommittableSerializer() {
        super("a part file");
    }

    @Override
    protected void write(FileCommittable part, DataOutputStream out) throws IOException {
        out.writeUTF(part.hidden());
        out.writeUTF(part.visible());
        out.writeLong(part.bytes());
    }

    @Override
    protected FileCommittable read(DataInputStream in) throws IOException {
        return new FileCommittable(in.readUTF(), in.readUTF(), in.readLong());
    }
}
