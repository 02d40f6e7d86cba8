package io.millrace.deploy.benchmarks.workloads;

/** Readings of 100,000 sensors; sensor names and notes are made once, so a record costs one small object. */
public final class ReadingFeed implements Feed<Reading> {

    private static final int SENSORS = 100_000;
    private static final int NOTES = 64;

    private final String[] sensors = new String[SENSORS];
    private final String[] notes = new String[NOTES];
    private final int splits;
    private long sequence;

    public ReadingFeed(int split, int splits) {
        this.sequence = split;
        this.splits = splits;
        for (int i = 0; i < SENSORS; i++) {
            sensors[i] = String.format("sensor-%07d", i);
        }
        for (int i = 0; i < NOTES; i++) {
            notes[i] = String.format("hall %02d, line %02d, calibrated ok", i % 8, i);
        }
    }

    @Override
    public Reading next(long dueNanos) {
        long random = Mix.mix(sequence);
        Reading reading = new Reading();
        reading.sensor = sensors[(int) Long.remainderUnsigned(random, SENSORS)];
        reading.timestamp = dueNanos;
        reading.sequence = sequence;
        reading.value = random >>> 40;
        reading.note = notes[(int) (random >>> 58)];
        sequence += splits;
        return reading;
    }
}
