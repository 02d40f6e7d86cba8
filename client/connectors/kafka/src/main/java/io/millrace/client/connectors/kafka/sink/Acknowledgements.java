package io.millrace.client.connectors.kafka.sink;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What the broker said to the records of one producer. Told by the producer's thread, read by the writer's. */
final class Acknowledgements implements Callback {
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable RecordMetadata> last = new AtomicReference<>();

    @Override
    public void onCompletion(@Nullable RecordMetadata record, @Nullable Exception exception) {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        } else {
            last.lazySet(record);
        }
    }

    /** The first failure. */
    @Nullable
    Exception failure() {
        return failure.get();
    }

    /** One of the records that were acknowledged since the last call. */
    @Nullable
    RecordPlace takePlace() {
        RecordMetadata record = last.getAndSet(null);
        return record == null ? null : new RecordPlace(record.topic(), record.partition(), record.offset());
    }
}
