package io.millrace.taskmanager.runtime.probe;

/** About 80 bytes on the wire; mutable, so it is copied on entering a ring. */
public class Reading {
    public String sensor = "";
    public long timestamp;
    public long sequence;
    public double value;
    public String note = "";

    public Reading() {}
}
