package io.millrace.api.plan.builder;

import io.millrace.api.functions.Partitioner;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.common.graph.ExchangeKind;
import org.jspecify.annotations.Nullable;

/**
 * How elements travel to an operator, as the user asked for it.
 *
 * @param kind null for the default: forward between operators of the same parallelism, else rebalance
 * @param key for hash and custom exchanges only
 * @param partitioner for custom exchanges only
 */
public record ExchangeDraft<T, K>(
        @Nullable ExchangeKind kind,
        @Nullable KeyDraft<T, K> key,
        @Nullable Partitioner<K> partitioner) {

    public static <T> ExchangeDraft<T, ?> automatic() {
        return new ExchangeDraft<T, Object>(null, null, null);
    }

    public static <T> ExchangeDraft<T, ?> of(ExchangeKind kind) {
        return new ExchangeDraft<T, Object>(kind, null, null);
    }

    public static <T, K> ExchangeDraft<T, K> hash(KeyDraft<T, K> key) {
        return new ExchangeDraft<>(ExchangeKind.HASH, key, null);
    }

    public static <T, K> ExchangeDraft<T, K> custom(KeyDraft<T, K> key, Partitioner<K> partitioner) {
        return new ExchangeDraft<>(ExchangeKind.CUSTOM, key, partitioner);
    }

    ExchangeSpec<T, K> spec(StreamType<T> elements) {
        return new ExchangeSpec<>(elements.information(), key == null ? null : key.resolve(elements), partitioner);
    }
}
