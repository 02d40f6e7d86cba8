package io.millrace.api.types;

import java.util.ServiceLoader;

/**
 * Makes serializers. The module {@code millrace-serde}, which every executor and TaskManager brings along, supplies it
 * as a service; built-in sources and sinks reach it through {@link #installed}. Any thread.
 */
public interface SerializerFactory {

    /**
     * A serializer for one thread.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} with the field path
     */
    <T> TypeSerializer<T> createSerializer(TypeInformation<T> type);

    /** The factory of this process. */
    static SerializerFactory installed() {
        return ServiceLoader.load(SerializerFactory.class, SerializerFactory.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No serializers: the module millrace-serde is missing from the class path"));
    }
}
