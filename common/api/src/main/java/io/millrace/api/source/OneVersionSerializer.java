package io.millrace.api.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A serializer of which there has been version 1 only. It writes fields one after the other, and refuses all else. */
public abstract class OneVersionSerializer<E> implements SimpleVersionedSerializer<E> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    private final String what;

    /** @param what it writes, for errors: {@code a file split} */
    protected OneVersionSerializer(String what) {
        this.what = what;
    }

    @Override
    public final int getVersion() {
        return VERSION;
    }

    @Override
    public final byte[] serialize(E value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** @throws IOException if it is of another version, or has another number of bytes */
    @Override
    public final E deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Found " + what + " of version " + version + ", only version " + VERSION + " is known");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        E value = read(in);
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes follow " + what);
        }
        return value;
    }

    protected abstract void write(E value, DataOutputStream out) throws IOException;

    protected abstract E read(DataInputStream in) throws IOException;
}
