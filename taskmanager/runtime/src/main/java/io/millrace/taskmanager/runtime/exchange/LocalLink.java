package io.millrace.taskmanager.runtime.exchange;

import io.millrace.common.core.concurrent.Ring;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.taskmanager.runtime.stream.ElementBatch;

/**
 * The two rings of a channel inside one process.
 *
 * @param elements from producer to consumer
 * @param backEvents from consumer to producer
 */
record LocalLink(Ring<ElementBatch> elements, Ring<byte[]> backEvents) {
    /** Batches that may wait. Eight keep both threads busy; more only adds memory and latency. */
    private static final int BATCHES = 8;

    private static final int BACK_EVENTS = 64;

    static LocalLink between(Signal producer, Signal consumer) {
        return new LocalLink(new Ring<>(BATCHES, consumer, producer), new Ring<>(BACK_EVENTS, producer, consumer));
    }
}
