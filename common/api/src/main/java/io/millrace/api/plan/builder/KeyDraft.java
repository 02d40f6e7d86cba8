package io.millrace.api.plan.builder;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.plan.Keying;
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

    public Keying<T, K> resolve(StreamType<T> elements) {
        return new Keying<>(selector, type(elements).information());
    }

    /** The type of the keys. */
    public StreamType<K> type(StreamType<T> elements) {
        return declared != null
                ? StreamType.declared(declared)
                : FunctionTypes.argument(selector, KeySelector.class, 1, Map.of(0, elements.javaType()));
    }
}
