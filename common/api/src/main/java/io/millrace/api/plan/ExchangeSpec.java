package io.millrace.api.plan;

import io.millrace.api.functions.Partitioner;
import io.millrace.api.types.TypeInformation;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of an edge need to know; the payload of a {@code JobEdge}.
 *
 * @param elementType the elements on the edge
 * @param keying how hash and custom exchanges find an element's key; null for the others
 * @param partitioner the user's partitioner of a custom exchange; null for the others
 */
public record ExchangeSpec<T, K>(
        TypeInformation<T> elementType,
        @Nullable Keying<T, K> keying,
        @Nullable Partitioner<K> partitioner) implements Serializable {}
