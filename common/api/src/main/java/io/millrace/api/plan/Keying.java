package io.millrace.api.plan;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.types.TypeInformation;
import java.io.Serializable;

/** How the elements of a keyed stream are keyed. */
public record Keying<T, K>(KeySelector<T, K> selector, TypeInformation<K> keyType) implements Serializable {}
