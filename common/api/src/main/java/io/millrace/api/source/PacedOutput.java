package io.millrace.api.source;

import io.millrace.api.eventtime.Watermark;

/** Counts the elements that a reader emits against its pace. */
record PacedOutput<T>(ReaderOutput<T> output, Pace pace) implements ReaderOutput<T> {

    @Override
    public void collect(T element) {
        pace.use();
        output.collect(element);
    }

    @Override
    public void collect(T element, long timestamp) {
        pace.use();
        output.collect(element, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output.emitWatermark(watermark);
    }

    @Override
    public void emitWatermark(long timestamp) {
        output.emitWatermark(timestamp);
    }

    @Override
    public void markIdle() {
        output.markIdle();
    }

    @Override
    public void markActive() {
        output.markActive();
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        return new PacedSplitOutput<>(output.createOutputForSplit(splitId), pace);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        output.releaseOutputForSplit(splitId);
    }

    @Override
    public boolean hasRoom() {
        return pace.hasPermit() && output.hasRoom();
    }

    /** The same for one split. */
    private record PacedSplitOutput<T>(SourceOutput<T> output, Pace pace) implements SourceOutput<T> {
        @Override
        public void collect(T element) {
            pace.use();
            output.collect(element);
        }

        @Override
        public void collect(T element, long timestamp) {
            pace.use();
            output.collect(element, timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            output.emitWatermark(watermark);
        }

        @Override
        public void emitWatermark(long timestamp) {
            output.emitWatermark(timestamp);
        }

        @Override
        public void markIdle() {
            output.markIdle();
        }

        @Override
        public void markActive() {
            output.markActive();
        }
    }
}
