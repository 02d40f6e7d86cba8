package io.millrace.client.examples.loganalysis.options;

import java.util.List;
import java.util.OptionalLong;

/** Where the lines come from. */
public sealed interface LogSource {

    /**
     * Made-up traffic of a shop.
     *
     * @param speedup seconds of event time per second of the given rate
     * @param count how many lines; unbounded if empty
     */
    record Generator(long seed, double speedup, OptionalLong count) implements LogSource {}

    /** The tutorial's test data, stamped with the wall clock. */
    record TutorialGenerator(long seed, OptionalLong count) implements LogSource {}

    /**
     * Files read one after another in this order.
     *
     * @param follow whether to wait for more at the end of the last one
     */
    record Files(List<String> paths, boolean follow) implements LogSource {

        public Files {
            paths = List.copyOf(paths);
        }
    }

    /** Lines that a server sends. */
    record Socket(String host, int port) implements LogSource {}

    /**
     * Records of a topic.
     *
     * @param group whose offsets {@code start} may mean, and that learns how far the job is
     */
    record Kafka(KafkaTopic topic, String group, KafkaStart start) implements LogSource {}
}
