package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.functions.TaskInfo;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;

/** The user's serializer, and what it may ask. */
final class ElementRecords<T> implements KafkaSinkContext {
    private final KafkaRecordSerializationSchema<T> schema;
    private final TaskInfo task;
    private final Map<String, int[]> partitions = new HashMap<>();
    private @Nullable Function<String, List<PartitionInfo>> cluster;

    private ElementRecords(KafkaRecordSerializationSchema<T> schema, TaskInfo task) {
        this.schema = schema;
        this.task = task;
    }

    static <T> ElementRecords<T> open(KafkaRecordSerializationSchema<T> schema, WriterInitContext context)
            throws IOException {
        ElementRecords<T> records = new ElementRecords<>(schema, context.getTaskInfo());
        ClassLoader classes = context.getUserCodeClassLoader();
        SerializationSchema.InitializationContext opening = () -> classes;
        try {
            schema.open(opening, records);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The record serializer could not be opened: " + e.getMessage(), e);
        }
        return records;
    }

    /** Who to ask for a topic's partitions from now on. */
    void ask(Function<String, List<PartitionInfo>> source) {
        cluster = source;
    }

    @Nullable
    ProducerRecord<byte[], byte[]> of(T element, SinkWriter.Context context) {
        return schema.serialize(element, this, context.timestamp());
    }

    @Override
    public int getParallelInstanceId() {
        return task.getIndexOfThisSubtask();
    }

    @Override
    public int getNumberOfParallelInstances() {
        return task.getNumberOfParallelSubtasks();
    }

    @Override
    public int[] getPartitionsForTopic(String topic) {
        Function<String, List<PartitionInfo>> source = cluster;
        if (source == null) {
            throw new IllegalStateException("partitions can be asked for with the first element, not before");
        }
        return partitions
                .computeIfAbsent(topic, name -> source.apply(name).stream()
                        .mapToInt(PartitionInfo::partition)
                        .sorted()
                        .toArray())
                .clone();
    }
}
