package io.millrace.api.types;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Makes serializers and key hashers. One factory belongs to one job on one process: it keeps the classes it generates,
 * and with them the job's class loader, for as long as it is reachable. Any thread.
 */
public interface SerializerFactory {

    /**
     * A serializer for a channel: the bytes of one serializer are read by one other, all of them and in order. Dynamic
     * values name their class at its first use only.
     *
     * @param userLoader finds the classes of dynamic values
     */
    <T> TypeSerializer<T> serializer(TypeInformation<T> type, ClassLoader userLoader);

    /**
     * A serializer for state and captured elements: each value can be read on its own, in any order. Reads the same
     * bytes.
     */
    <T> TypeSerializer<T> stateSerializer(TypeInformation<T> type, ClassLoader userLoader);

    /**
     * Reads values of state that were written with an older schema; with the same, what {@link #stateSerializer} does.
     *
     * @param written how they were written; what it is compared to is not refused
     * @param userLoader finds the classes of dynamic values
     */
    <T> ValueReader<T> stateReader(TypeInformation<T> type, WrittenType written, ClassLoader userLoader);

    /** The types of all values so far that were written or read with the name of their class, in state and the like. */
    Set<TypeInformation<?>> classesNamedInState();

    /**
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_A_KEY} with the path of the part that has
     *     no equality by content
     */
    <K> KeyHasher<K> hasher(TypeInformation<K> type);

    /** A new factory of the implementation on the class path. */
    static SerializerFactory create() {
        return find().orElseThrow(
                        () -> new IllegalStateException("No implementation of SerializerFactory on the class path"));
    }

    /** As {@link #create}; empty where there is none, such as in a program that only looks at its job graph. */
    static Optional<SerializerFactory> find() {
        return ServiceLoader.load(SerializerFactory.class, SerializerFactory.class.getClassLoader())
                .findFirst();
    }
}
