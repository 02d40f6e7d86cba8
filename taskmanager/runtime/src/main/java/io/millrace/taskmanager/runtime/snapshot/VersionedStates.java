package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits and enumerator states as they lie in a block of a snapshot: the version of their serializer, their number,
 * then each one's length and bytes. {@code docs/protocol/checkpoint-files.md} is the law.
 */
public final class VersionedStates {

    private VersionedStates() {}

    /** @throws IOException if the user's serializer refuses one of them */
    public static <T> ByteBuffer encode(SimpleVersionedSerializer<T> serializer, List<T> states) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(serializer.getVersion());
        out.writeInt(states.size());
        for (T state : states) {
            byte[] written = serializer.serialize(state);
            out.writeInt(written.length);
            out.write(written);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** @throws IOException if the block ends early or late, or the user's serializer cannot read the version */
    public static <T> List<T> decode(SimpleVersionedSerializer<T> serializer, ByteBuffer block) throws IOException {
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        int count = in.readInt();
        List<T> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException(
                        "State " + i + " says it has " + length + " bytes, " + in.available() + " follow");
            }
            states.add(serializer.deserialize(version, in.readNBytes(length)));
        }
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes follow the last of " + count + " states");
        }
        return states;
    }
}
