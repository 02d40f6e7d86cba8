package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;

/** Has each value rewritten as it would be written today, and reads that. */
final class MigratingReader<T> implements ValueReader<T> {
    private final Rewriter rewriter;
    private final TypeSerializer<T> serializer;
    private final String path;
    private final BinaryWriter rewritten = new BinaryWriter(256);
    private final BinaryReader reader = new BinaryReader();

    MigratingReader(Rewriter rewriter, TypeSerializer<T> serializer, String path) {
        this.rewriter = rewriter;
        this.serializer = serializer;
        this.path = path;
    }

    @Override
    public T read(BinaryReader in) {
        rewritten.setPosition(0);
        rewriter.rewrite(in, rewritten);
        reader.reset(rewritten.bytes(), 0, rewritten.position());
        T value = serializer.deserialize(reader);
        if (reader.remaining() > 0) {
            throw ValueRefusals.damaged(reader.remaining() + " bytes follow a value", path);
        }
        return value;
    }
}
