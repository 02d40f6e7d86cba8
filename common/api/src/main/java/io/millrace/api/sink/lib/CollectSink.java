package io.millrace.api.sink.lib;

import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;

/** Sends elements to the client that called {@code executeAndCollect}. Each can be read on its own, in any order. */
public final class CollectSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> type;

    public CollectSink(TypeInformation<T> type) {
        this.type = type;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        TypeSerializer<T> serializer =
                SerializerFactory.create().stateSerializer(type, context.getUserCodeClassLoader());
        return new Writer<>(serializer, new BinaryWriter(256), context.collectedResults());
    }

    private record Writer<T>(TypeSerializer<T> serializer, BinaryWriter buffer, CollectedResults results)
            implements SinkWriter<T> {
        @Override
        public void write(T element, Context context) {
            buffer.setPosition(0);
            serializer.serialize(element, buffer);
            results.add(buffer.bytes(), 0, buffer.position());
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
