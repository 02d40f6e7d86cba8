package io.millrace.deploy.benchmarks.workloads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one probe saw in one run, and its file {@code <probe>-<subtask>.probe}: lines of text.
 *
 * @param probe name of the probe
 * @param subtask index of the subtask it sat in
 * @param records number of records
 * @param digest sum of the records' digests
 * @param samples pairs of {@link System#nanoTime()} and the record count at that time, in order
 * @param latencies nanoseconds from due to seen, null when none were measured
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, read once; never compared.
public record ProbeReport(
        String probe,
        int subtask,
        long records,
        long digest,
        long[] samples,
        @Nullable Histogram latencies) {

    private static final String SUFFIX = ".probe";

    /** Writes the file; it appears whole or not at all. */
    public void write(Path directory) {
        List<String> lines = new ArrayList<>();
        lines.add("records " + records);
        lines.add("digest " + digest);
        for (int i = 0; i < samples.length; i += 2) {
            lines.add("sample " + samples[i] + " " + samples[i + 1]);
        }
        if (latencies != null) {
            lines.add("latencies " + encode(latencies));
        }
        String name = probe + "-" + subtask + SUFFIX;
        try {
            Path draft = Files.write(directory.resolve(name + ".draft"), lines);
            Files.move(draft, directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads every report in a directory, by name. */
    public static List<ProbeReport> readAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<ProbeReport> reports = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
                reports.add(read(file));
            }
            return reports;
        }
    }

    private static ProbeReport read(Path file) throws IOException {
        String name = file.getFileName().toString().replace(SUFFIX, "");
        int dash = name.lastIndexOf('-');
        long records = 0;
        long digest = 0;
        List<Long> samples = new ArrayList<>();
        Histogram latencies = null;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "records" -> records = Long.parseLong(words[1]);
                case "digest" -> digest = Long.parseLong(words[1]);
                case "sample" -> {
                    samples.add(Long.parseLong(words[1]));
                    samples.add(Long.parseLong(words[2]));
                }
                case "latencies" -> latencies = decode(words[1]);
                default -> throw new IOException("unknown line '" + line + "' in " + file.getFileName());
            }
        }
        return new ProbeReport(
                name.substring(0, dash),
                Integer.parseInt(name.substring(dash + 1)),
                records,
                digest,
                samples.stream().mapToLong(Long::longValue).toArray(),
                latencies);
    }

    private static String encode(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(buffer.array(), length));
    }

    private static Histogram decode(String text) throws IOException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IOException("damaged latencies", e);
        }
    }
}
