package io.millrace.client.connectors.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for answers of Kafka's admin client. */
public final class AdminCalls {

    private AdminCalls() {}

    /** @throws KafkaException what the call failed with */
    public static <R> R await(KafkaFuture<R> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException failure) {
                throw failure;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
