package io.millrace.client.connectors.files;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Version 1: the pending splits in order, then the paths seen, sorted. */
final class FileEnumeratorStateSerializer implements SimpleVersionedSerializer<FileEnumeratorState> {
    private static final long serialVersionUID = 1L;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(FileEnumeratorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(state.pending().size());
        for (FileSplit split : state.pending()) {
            FileSplitSerializer.write(split, out);
        }
        out.writeInt(state.seen().size());
        for (String path : new TreeSet<>(state.seen())) {
            out.writeUTF(path);
        }
        return bytes.toByteArray();
    }

    @Override
    public FileEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        FileSplitSerializer.requireVersion(version);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        List<FileSplit> pending = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pending.add(FileSplitSerializer.read(in));
        }
        Set<String> seen = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            seen.add(in.readUTF());
        }
        return new FileEnumeratorState(pending, seen);
    }
}
