package io.millrace.common.serde;

import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.api.types.WrittenType;
import java.util.Set;

/** Generates bytecode for the records, classes and tuples of a job; JDK types have serializers written by hand. */
public final class GeneratedSerializerFactory implements SerializerFactory {
    private final GeneratedClasses classes = new GeneratedClasses();

    @Override
    @SuppressWarnings("unchecked") // built for exactly this type
    public <T> TypeSerializer<T> serializer(TypeInformation<T> type, ClassLoader userLoader) {
        return (TypeSerializer<T>) new SerializerScope(classes, userLoader, false).whole(type);
    }

    @Override
    @SuppressWarnings("unchecked") // built for exactly this type
    public <T> TypeSerializer<T> stateSerializer(TypeInformation<T> type, ClassLoader userLoader) {
        return (TypeSerializer<T>) new SerializerScope(classes, userLoader, true).whole(type);
    }

    @Override
    public <T> ValueReader<T> stateReader(TypeInformation<T> type, WrittenType written, ClassLoader userLoader) {
        TypeSerializer<T> serializer = stateSerializer(type, userLoader);
        if (written.isSame()) {
            return serializer::deserialize;
        }
        SerializerScope scope = new SerializerScope(classes, userLoader, true);
        Rewriter rewriter =
                new RewriterBuilder(written.was(), written.is(), scope).build(written.wasType(), written.isType());
        return new MigratingReader<>(rewriter, serializer, type.describe());
    }

    @Override
    public Set<TypeInformation<?>> classesNamedInState() {
        return classes.namedInState();
    }

    @Override
    @SuppressWarnings("unchecked") // built for exactly this type
    public <K> KeyHasher<K> hasher(TypeInformation<K> type) {
        return (KeyHasher<K>) new HasherBuilder(classes, null).build(type, type.describe());
    }
}
