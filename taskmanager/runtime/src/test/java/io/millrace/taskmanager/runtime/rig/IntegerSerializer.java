package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.nio.charset.StandardCharsets;

/** The state of the rig's enumerators. */
final class IntegerSerializer implements SimpleVersionedSerializer<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public int getVersion() {
        return 3;
    }

    @Override
    public byte[] serialize(Integer value) {
        return Integer.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Integer deserialize(int version, byte[] serialized) {
        if (version != 3) {
            throw new IllegalArgumentException("version " + version);
        }
        return Integer.parseInt(new String(serialized, StandardCharsets.US_ASCII));
    }
}
