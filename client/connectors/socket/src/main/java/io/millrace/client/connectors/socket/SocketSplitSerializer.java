package io.millrace.client.connectors.socket;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Version 1: {@code host:port} in UTF-8. */
final class SocketSplitSerializer implements SimpleVersionedSerializer<SocketSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(SocketSplit split) {
        return split.splitId().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SocketSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != 1) {
            throw new IOException("Socket splits of version " + version + " are not known, only 1");
        }
        String text = new String(serialized, StandardCharsets.UTF_8);
        int colon = text.lastIndexOf(':');
        return new SocketSplit(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
