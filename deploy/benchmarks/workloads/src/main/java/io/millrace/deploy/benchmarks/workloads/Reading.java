package io.millrace.deploy.benchmarks.workloads;

/** A measurement of about 80 bytes on the wire. A plain mutable class, the form every engine serializes best. */
public class Reading {

    public String sensor = "";
    public long timestamp;
    public long sequence;
    public double value;
    public String note = "";

    public Reading() {}

    /** The key of the exchange. */
    public String getSensor() {
        return sensor;
    }

    /** Depends on the record's identity and on both ends of its serialized form. */
    public static long digest(Reading reading) {
        return Mix.mix(reading.sequence ^ Double.doubleToRawLongBits(reading.value)) + reading.note.length();
    }
}
