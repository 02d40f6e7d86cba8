package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import java.util.HexFormat;

/** Writes, reads and copies single values in tests. */
final class Serializers {

    private Serializers() {}

    static <T> TypeSerializer<T> of(TypeInformation<T> type) {
        return SerializerFactory.create().serializer(type, Serializers.class.getClassLoader());
    }

    static <T> TypeSerializer<T> ofState(TypeInformation<T> type) {
        return SerializerFactory.create().stateSerializer(type, Serializers.class.getClassLoader());
    }

    static <T> TypeSerializer<T> of(TypeHint<T> hint) {
        return of(TypeInformation.of(hint));
    }

    static <K> KeyHasher<K> hasher(TypeInformation<K> type) {
        return SerializerFactory.create().hasher(type);
    }

    static <T> byte[] bytes(TypeSerializer<T> serializer, T value) {
        BinaryWriter out = new BinaryWriter(16);
        serializer.serialize(value, out);
        byte[] bytes = new byte[out.position()];
        System.arraycopy(out.bytes(), 0, bytes, 0, bytes.length);
        return bytes;
    }

    static <T> String hex(TypeSerializer<T> serializer, T value) {
        return HexFormat.of().formatHex(bytes(serializer, value));
    }

    static <T> T read(TypeSerializer<T> serializer, byte[] bytes) {
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, bytes.length);
        T value = serializer.deserialize(in);
        assertThat(in.remaining()).as("bytes left over").isZero();
        return value;
    }

    /** Through bytes and back, from a writing to a reading end as on a channel. */
    static <T> T roundTrip(TypeInformation<T> type, T value) {
        return read(of(type), bytes(of(type), value));
    }
}
