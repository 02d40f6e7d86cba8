package io.millrace.api.functions;

/** Chooses the subtask for a key, 0 up to {@code numPartitions}. */
@FunctionalInterface
public interface Partitioner<K> extends Function {
    int partition(K key, int numPartitions);
}
