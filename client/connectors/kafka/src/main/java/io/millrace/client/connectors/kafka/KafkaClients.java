package io.millrace.client.connectors.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes Kafka's clients. They look classes up through the thread's context class loader, which in a task is not the
 * job's: each is made with this connector's own.
 */
public final class KafkaClients {
    /** No registration of metrics with the JVM: nothing of a job may outlive it there. */
    private static final Map<String, Object> ALWAYS = Map.of("metric.reporters", "", "enable.metrics.push", "false");

    private KafkaClients() {}

    public static Consumer<byte[], byte[]> consumer(Map<String, String> properties) {
        return withOwnClasses(() -> new KafkaConsumer<>(
                configuration(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    public static Producer<byte[], byte[]> producer(Map<String, String> properties) {
        return withOwnClasses(() ->
                new KafkaProducer<>(configuration(properties), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    public static Admin admin(Map<String, String> properties) {
        return withOwnClasses(() -> Admin.create(configuration(properties)));
    }

    /** Runs {@code making} with this connector's class loader as the thread's. */
    public static <C> C withOwnClasses(Supplier<C> making) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KafkaClients.class.getClassLoader());
        try {
            return making.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Map<String, Object> configuration(Map<String, String> properties) {
        Map<String, Object> configuration = new HashMap<>(ALWAYS);
        configuration.putAll(properties);
        return configuration;
    }
}
