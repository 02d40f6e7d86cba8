package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;

/** Writes and reads values with the engine's serializers, as an exchange between processes or state on disk would. */
final class ThroughBytes<T> {
    private static final SerializerFactory SERIALIZERS = SerializerFactory.create();

    private final TypeSerializer<T> serializer;
    private final BinaryWriter writer = new BinaryWriter(256);
    private final BinaryReader reader = new BinaryReader();

    ThroughBytes(TypeInformation<T> type) {
        serializer = SERIALIZERS.stateSerializer(type, ThroughBytes.class.getClassLoader());
    }

    /** An equal value that shares nothing with {@code value}. */
    T pass(T value) {
        writer.setPosition(0);
        serializer.serialize(value, writer);
        reader.reset(writer.bytes(), 0, writer.position());
        return serializer.deserialize(reader);
    }
}
