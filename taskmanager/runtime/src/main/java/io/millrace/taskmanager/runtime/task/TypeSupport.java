package io.millrace.taskmanager.runtime.task;

import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;

/** Makes serializers and key hashes of types. Any thread. */
public interface TypeSupport {

    /** @throws io.millrace.common.core.error.MillraceException if the type has none, with the field path */
    <T> TypeSerializer<T> serializer(TypeInformation<T> type);

    /** @throws io.millrace.common.core.error.MillraceException if the type has no content equality */
    <K> KeyHasher<K> hasher(TypeInformation<K> type);
}
