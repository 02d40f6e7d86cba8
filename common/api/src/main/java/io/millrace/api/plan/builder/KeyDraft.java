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
        TypeInformation<K> keyType = declared;
        if (keyType == null) {
            keyType = FunctionTypes.<K>argument(selector, KeySelector.class, 1, Map.of(0, elements.javaType()))
                    .information();
        }
        return new Keying<>(selector, keyType);
    }
}
