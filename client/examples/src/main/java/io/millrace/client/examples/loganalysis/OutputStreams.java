package io.millrace.client.examples.loganalysis;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.sink.Sink;
import io.millrace.client.connectors.files.FileSink;
import io.millrace.client.connectors.files.SimpleStringEncoder;
import io.millrace.client.examples.loganalysis.options.Destination;
import io.millrace.client.examples.loganalysis.options.KafkaTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the output and where they go. Parts with the same destination share one sink. */
final class OutputStreams {
    private final Map<Target, List<DataStream<String>>> targets = new LinkedHashMap<>();

    /** A sink that several parts may share. */
    private sealed interface Target {
        Sink<String> sink();

        String name();

        /** Files in a directory, by its normal path. */
        record Files(String path) implements Target {
            @Override
            public Sink<String> sink() {
                return FileSink.forRowFormat(Path.of(path), new SimpleStringEncoder<String>())
                        .build();
            }

            @Override
            public String name() {
                return "Files: " + path;
            }
        }

        /** Records in a topic. */
        record Records(KafkaTopic topic) implements Target {
            @Override
            public Sink<String> sink() {
                return KafkaStreams.sink(topic);
            }

            @Override
            public String name() {
                return "Kafka: " + topic.topic();
            }
        }
    }

    /** @param label what printed lines start with */
    void add(String label, DataStream<String> lines, Destination destination) {
        if (destination instanceof Destination.Directory directory) {
            String path = Path.of(directory.path()).toAbsolutePath().normalize().toString();
            add(lines, new Target.Files(path));
        } else if (destination instanceof Destination.Topic topic) {
            add(lines, new Target.Records(topic.topic()));
        } else {
            lines.print(label).setParallelism(lines.getParallelism()).name("Print: " + label);
        }
    }

    private void add(DataStream<String> lines, Target target) {
        targets.computeIfAbsent(target, newTarget -> new ArrayList<>()).add(lines);
    }

    /** Adds the shared sinks; called once, after all parts. */
    void write() {
        targets.forEach((target, parts) -> {
            DataStream<String> all = parts.get(0);
            int parallelism = all.getParallelism();
            for (DataStream<String> part : parts.subList(1, parts.size())) {
                all = all.union(part);
                parallelism = Math.max(parallelism, part.getParallelism());
            }
            all.sinkTo(target.sink()).setParallelism(parallelism).name(target.name());
        });
    }
}
