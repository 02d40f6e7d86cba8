package io.millrace.client.examples.loganalysis;

import io.millrace.api.datastream.DataStream;
import io.millrace.client.connectors.files.FileSink;
import io.millrace.client.connectors.files.SimpleStringEncoder;
import io.millrace.client.examples.loganalysis.options.Destination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the output and where they go. Parts with the same directory share one sink. */
final class OutputStreams {
    private final Map<String, List<DataStream<String>>> directories = new LinkedHashMap<>();

    /** @param label what printed lines start with */
    void add(String label, DataStream<String> lines, Destination destination) {
        if (destination instanceof Destination.Directory directory) {
            String path = Path.of(directory.path()).toAbsolutePath().normalize().toString();
            directories.computeIfAbsent(path, newPath -> new ArrayList<>()).add(lines);
        } else {
            lines.print(label).setParallelism(lines.getParallelism()).name("Print: " + label);
        }
    }

    /** Adds the sinks of the directories; called once, after all parts. */
    void write() {
        directories.forEach((path, parts) -> {
            DataStream<String> all = parts.get(0);
            int parallelism = all.getParallelism();
            for (DataStream<String> part : parts.subList(1, parts.size())) {
                all = all.union(part);
                parallelism = Math.max(parallelism, part.getParallelism());
            }
            all.sinkTo(FileSink.forRowFormat(Path.of(path), new SimpleStringEncoder<String>())
                            .build())
                    .setParallelism(parallelism)
                    .name("Files: " + path);
        });
    }
}
