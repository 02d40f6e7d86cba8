package io.millrace.deploy.local;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes a record for every few looks at its gate, until there were as many looks as planned; then the gate is open.
 * Each look waits a moment. Where the sink runs in this JVM, test and writers share the gate.
 */
record SluiceSink() implements Sink<SluiceSink.Parcel> {
    static final long LOOK_MILLIS = 10;
    private static final int LOOKS_PER_RECORD = 10;

    private static final AtomicLong LOOKS_LEFT = new AtomicLong();
    private static final AtomicLong DOUBLES = new AtomicLong();
    private static final List<BitSet> ARRIVED = new CopyOnWriteArrayList<>();

    /** What flows: a number and ballast that makes it as large as a line of text. */
    record Parcel(long number, String ballast) {
        private static final int BALLAST_CHARACTERS = 200;

        static Parcel of(long number) {
            return new Parcel(number, String.valueOf((char) ('a' + number % 26)).repeat(BALLAST_CHARACTERS));
        }
    }

    /** @param looks of all writers together before the gate is open */
    static void shut(long looks) {
        ARRIVED.clear();
        DOUBLES.set(0);
        LOOKS_LEFT.set(looks);
    }

    static long looksLeft() {
        return LOOKS_LEFT.get();
    }

    /** The numbers of all records that arrived; only when the writers are closed. */
    static BitSet arrived() {
        BitSet all = new BitSet();
        ARRIVED.forEach(all::or);
        return all;
    }

    /** How many records arrived a second time. */
    static long doubles() {
        return DOUBLES.get()
                + ARRIVED.stream().mapToLong(BitSet::cardinality).sum()
                - arrived().cardinality();
    }

    @Override
    public SinkWriter<Parcel> createWriter(WriterInitContext context) {
        BitSet arrived = new BitSet();
        ARRIVED.add(arrived);
        return new Writer(arrived);
    }

    private record Writer(BitSet arrived) implements SinkWriter<Parcel> {

        @Override
        public void write(Parcel element, Context of) throws InterruptedException {
            for (int i = 0; i < LOOKS_PER_RECORD && LOOKS_LEFT.get() > 0; i++) {
                LOOKS_LEFT.decrementAndGet();
                if (new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts this down");
                }
            }
            if (arrived.get((int) element.number())) {
                DOUBLES.incrementAndGet();
            }
            arrived.set((int) element.number());
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
