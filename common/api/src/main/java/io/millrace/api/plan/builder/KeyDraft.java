package io.millrace.api.plan.builder;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.plan.Keying;
import io.millrace.api.types.SerializerFactory;
import io.millrace.api.types.TypeInformation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key selector whose key type is found when the type of the elements is known.
 *
 * @param declared the key type as the user gave it; null if it is to be found
 */
public record KeyDraft<T, K>(
        KeySelector<T, K> selector, @Nullable TypeInformation<K> declared) {

    /**
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_A_KEY} if keys have no equality by
     *     content (checked where serializers are on the class path, which is wherever a job is submitted),
     *     {@code TYPE_NOT_SERIALIZABLE}
     */
    public Keying<T, K> resolve(StreamType<T> elements) {
        TypeInformation<K> keyType = type(elements).information();
        SerializerFactory.find().ifPresent(serializers -> serializers.hasher(keyType));
        return new Keying<>(selector, keyType);
    }

    /** The type of the keys. */
    public StreamType<K> type(StreamType<T> elements) {
        return declared != null
                ? StreamType.declared(declared)
                : FunctionTypes.result(selector, KeySelector.class, 1, Map.of(0, elements.javaType()));
    }
}
