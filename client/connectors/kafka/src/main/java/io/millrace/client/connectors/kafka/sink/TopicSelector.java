package io.millrace.client.connectors.kafka.sink;

import java.io.Serializable;

/** Chooses the topic of an element. */
@FunctionalInterface
public interface TopicSelector<T> extends Serializable {
    String apply(T element);
}
