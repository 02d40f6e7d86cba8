package io.millrace.client.connectors.kafka.source;

import io.millrace.api.eventtime.Watermark;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what a reader emits. */
final class ReadElements implements ReaderOutput<String> {
    private final List<String> elements = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private final Map<String, SourceOutput<String>> splits = new TreeMap<>();
    private int room = Integer.MAX_VALUE;

    /** Elements of all splits in order. */
    List<String> elements() {
        return elements;
    }

    List<Long> timestamps() {
        return timestamps;
    }

    /** {@code idle}, {@code t-0 idle}, {@code t-0 released} and so on, in order. */
    List<String> marks() {
        return marks;
    }

    void setRoom(int elementsMore) {
        room = elementsMore;
    }

    @Override
    public boolean hasRoom() {
        return room > 0;
    }

    @Override
    public void collect(String element) {
        throw new IllegalStateException("an element without its split: " + element);
    }

    @Override
    public void collect(String element, long timestamp) {
        collect(element);
    }

    @Override
    public SourceOutput<String> createOutputForSplit(String splitId) {
        return splits.computeIfAbsent(splitId, Split::new);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        marks.add(splitId + " released");
        splits.remove(splitId);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new UnsupportedOperationException("Kafka has no watermarks");
    }

    @Override
    public void markIdle() {
        marks.add("idle");
    }

    @Override
    public void markActive() {
        marks.add("active");
    }

    private final class Split implements SourceOutput<String> {
        private final String id;

        Split(String id) {
            this.id = id;
        }

        @Override
        public void collect(String element) {
            collect(element, -1);
        }

        @Override
        public void collect(String element, long timestamp) {
            room--;
            elements.add(element);
            timestamps.add(timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new UnsupportedOperationException("Kafka has no watermarks");
        }

        @Override
        public void markIdle() {
            marks.add(id + " idle");
        }

        @Override
        public void markActive() {
            marks.add(id + " active");
        }
    }
}
