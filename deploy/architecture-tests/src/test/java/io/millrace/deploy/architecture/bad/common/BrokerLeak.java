package io.millrace.deploy.architecture.bad.common;

import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** A failure of a broker far from the module that speaks to it. */
final class BrokerLeak {
    Optional<KafkaException> failure = Optional.empty();

    String reason() {
        return failure.map(KafkaException::getMessage).orElse("");
    }
}
