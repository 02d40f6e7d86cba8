package io.millrace.client.connectors.socket;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;

/** Version 1: one byte, whether the one split is assigned. */
final class AssignedSerializer implements SimpleVersionedSerializer<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(Boolean assigned) {
        return new byte[] {(byte) (assigned ? 1 : 0)};
    }

    @Override
    public Boolean deserialize(int version, byte[] serialized) throws IOException {
        if (version != 1 || serialized.length != 1) {
            throw new IOException("Expected one byte of version 1, found " + serialized.length + " of " + version);
        }
        return serialized[0] != 0;
    }
}
