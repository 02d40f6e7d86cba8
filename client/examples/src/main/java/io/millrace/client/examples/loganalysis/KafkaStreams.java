package io.millrace.client.examples.loganalysis;

import io.millrace.api.datastream.DataStreamSource;
import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.source.RateLimitedSource;
import io.millrace.api.types.TypeInformation;
import io.millrace.client.connectors.kafka.sink.KafkaRecordSerializationSchema;
import io.millrace.client.connectors.kafka.sink.KafkaSink;
import io.millrace.client.connectors.kafka.source.KafkaSource;
import io.millrace.client.connectors.kafka.source.OffsetResetStrategy;
import io.millrace.client.connectors.kafka.source.OffsetsInitializer;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.functions.RecordEvents;
import io.millrace.client.examples.loganalysis.functions.RecordWatermarks;
import io.millrace.client.examples.loganalysis.options.KafkaStart;
import io.millrace.client.examples.loganalysis.options.KafkaTopic;
import io.millrace.client.examples.loganalysis.options.LogAnalysisOptions;
import io.millrace.client.examples.loganalysis.options.LogSource;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.sources.ReadRecord;
import io.millrace.client.examples.loganalysis.sources.RecordReading;

/** Topics as the job's input and output. */
final class KafkaStreams {

    private KafkaStreams() {}

    /** The events of a topic, read in parallel; event time comes from the source, with a watermark per partition. */
    static SingleOutputStreamOperator<LogEvent> events(
            StreamExecutionEnvironment env, LogSource.Kafka kafka, LogAnalysisOptions options) {
        KafkaSource<ReadRecord> source = KafkaSource.<ReadRecord>builder()
                .setBootstrapServers(kafka.topic().brokers())
                .setTopics(kafka.topic().topic())
                .setGroupId(kafka.group())
                .setStartingOffsets(starting(kafka.start()))
                .setDeserializer(new RecordReading(options.format(), options.year()))
                .build();
        WatermarkStrategy<ReadRecord> watermarks =
                options.rules() == RuleSet.PRECISE ? new RecordWatermarks() : WatermarkStrategy.noWatermarks();
        return add(env, source, watermarks, options)
                .process(new RecordEvents())
                .name("Parse")
                .uid("parse");
    }

    private static SingleOutputStreamOperator<ReadRecord> add(
            StreamExecutionEnvironment env,
            KafkaSource<ReadRecord> source,
            WatermarkStrategy<ReadRecord> watermarks,
            LogAnalysisOptions options) {
        TypeInformation<ReadRecord> type = TypeInformation.of(ReadRecord.class);
        DataStreamSource<ReadRecord> records = options.rate().isPresent()
                ? env.fromSource(
                        RateLimitedSource.of(source, (double) options.rate().getAsLong()), watermarks, "Kafka", type)
                : env.fromSource(source, watermarks, "Kafka", type);
        return records.uid("kafka");
    }

    private static OffsetsInitializer starting(KafkaStart start) {
        return switch (start.point()) {
            case COMMITTED_OR_LATEST -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.LATEST);
            case COMMITTED -> OffsetsInitializer.committedOffsets();
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
            case TIMESTAMP -> OffsetsInitializer.timestamp(start.timestampMs());
        };
    }

    /** Writes lines, each once. */
    static KafkaSink<String> sink(KafkaTopic to) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(to.brokers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("log-analysis-" + to.topic())
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(to.topic())
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .build();
    }
}
