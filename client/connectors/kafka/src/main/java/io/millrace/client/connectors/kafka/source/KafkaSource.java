package io.millrace.client.connectors.kafka.source;

import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.ResultTypeQueryable;
import io.millrace.api.types.TypeInformation;
import io.millrace.client.connectors.kafka.KafkaClients;
import io.millrace.client.connectors.kafka.Patience;

/**
 * The records of Kafka topics. Each partition is a split with a watermark of its own; its position is part of every
 * checkpoint, and a restored job goes on there whatever the group's offsets say. A position that the log no longer
 * holds, a partition that is gone and a topic that was made again fail the job. A partition that is read to its end and
 * brings nothing for a minute is idle until it brings something.
 *
 * <p>Only committed records of transactions are read, unless the property {@code isolation.level} says otherwise. While
 * brokers are away, readers wait.
 */
public final class KafkaSource<T>
        implements Source<T, KafkaPartitionSplit, KafkaEnumeratorState>, ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final KafkaSourceSettings settings;
    private final KafkaRecordDeserializationSchema<T> deserializer;

    KafkaSource(KafkaSourceSettings settings, KafkaRecordDeserializationSchema<T> deserializer) {
        this.settings = settings;
        this.deserializer = deserializer;
    }

    public static <T> KafkaSourceBuilder<T> builder() {
        return new KafkaSourceBuilder<>();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return deserializer.getProducedType();
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext readerContext) throws Exception {
        ClassLoader classes = readerContext.getUserCodeClassLoader();
        DeserializationSchema.InitializationContext opening = () -> classes;
        deserializer.open(opening);
        PartitionFetcher fetcher = new PartitionFetcher(
                "kafka fetcher " + readerContext.getIndexOfSubtask(),
                () -> KafkaClients.consumer(settings.consumer()),
                System::nanoTime,
                settings.place());
        return new KafkaReader<>(
                deserializer, fetcher, settings.place(), !settings.group().isEmpty());
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> enumContext) {
        return restoreEnumerator(enumContext, KafkaEnumeratorState.START);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> enumContext, KafkaEnumeratorState checkpoint) {
        return new KafkaEnumerator(
                settings, enumContext, new AdminCluster(settings), Patience.ofRealTime(), checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new KafkaPartitionSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new KafkaEnumeratorStateSerializer();
    }
}
