package io.millrace.client.examples.loganalysis;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.datastream.DataStreamSource;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.source.RateLimitedSource;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.TypeInformation;
import io.millrace.client.connectors.files.FileSource;
import io.millrace.client.connectors.socket.SocketSettings;
import io.millrace.client.connectors.socket.SocketTextSource;
import io.millrace.client.examples.loganalysis.options.LogSource;
import io.millrace.client.examples.loganalysis.reading.LineLimits;
import io.millrace.client.examples.loganalysis.sources.LineMaker;
import io.millrace.client.examples.loganalysis.sources.LineNumbering;
import io.millrace.client.examples.loganalysis.sources.LogLine;
import io.millrace.client.examples.loganalysis.sources.LogLineFormat;
import io.millrace.client.examples.loganalysis.sources.TrafficSource;
import io.millrace.client.examples.loganalysis.traffic.TrafficPlan;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Opens the source that the options name as a stream of lines. Its parallelism is that of the reading. */
final class LineStreams {
    /** Lines per second that event time follows if no rate is given. */
    private static final long USUAL_RATE = 1_000;

    private LineStreams() {}

    static DataStream<LogLine> open(StreamExecutionEnvironment env, LogSource source, OptionalLong rate) {
        if (source instanceof LogSource.Generator generator) {
            double eventsPerSecond = rate.orElse(USUAL_RATE) / generator.speedup();
            TrafficPlan plan = new TrafficPlan(generator.seed(), TrafficPlan.DEFAULT_START_SECONDS, eventsPerSecond);
            return traffic(env, new LineMaker.Shop(plan), generator.count(), rate);
        }
        if (source instanceof LogSource.TutorialGenerator generator) {
            return traffic(env, new LineMaker.Tutorial(generator.seed()), generator.count(), rate);
        }
        if (source instanceof LogSource.Files files) {
            return files(env, files, rate);
        }
        return socket(env, (LogSource.Socket) source, rate);
    }

    private static DataStream<LogLine> traffic(
            StreamExecutionEnvironment env, LineMaker maker, OptionalLong count, OptionalLong rate) {
        TrafficSource source =
                new TrafficSource(maker, count.orElse(TrafficSource.UNBOUNDED), rate.orElse(TrafficSource.UNLIMITED));
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "Generator")
                .uid("generator");
    }

    private static DataStream<LogLine> files(StreamExecutionEnvironment env, LogSource.Files files, OptionalLong rate) {
        Path[] paths = files.paths().stream()
                .map(path -> Path.of(path).toAbsolutePath().normalize())
                .toArray(Path[]::new);
        FileSource.Builder<LogLine> builder =
                FileSource.forRecordStreamFormat(new LogLineFormat(), paths).maxLineBytes(LineLimits.MAX_LINE_BYTES);
        FileSource<LogLine> source = (files.follow() ? builder.follow() : builder).build();
        return paced(env, source, rate, "Files", TypeInformation.of(LogLine.class))
                .setParallelism(1)
                .uid("files");
    }

    private static DataStream<LogLine> socket(
            StreamExecutionEnvironment env, LogSource.Socket socket, OptionalLong rate) {
        SocketSettings settings = new SocketSettings(0, 0, LineLimits.MAX_LINE_BYTES);
        SocketTextSource source = new SocketTextSource(socket.host(), socket.port(), settings);
        return paced(env, source, rate, "Socket", TypeInformation.of(String.class))
                .setParallelism(1)
                .uid("socket")
                .map(new LineNumbering("socket:" + socket.host() + ":" + socket.port()))
                .setParallelism(1)
                .name("Number lines")
                .uid("number-lines");
    }

    private static <T, S extends SourceSplit, C> DataStreamSource<T> paced(
            StreamExecutionEnvironment env,
            Source<T, S, C> source,
            OptionalLong rate,
            String name,
            TypeInformation<T> type) {
        Source<T, S, C> limited = rate.isPresent() ? RateLimitedSource.of(source, (double) rate.getAsLong()) : source;
        return env.fromSource(limited, WatermarkStrategy.noWatermarks(), name, type);
    }
}
