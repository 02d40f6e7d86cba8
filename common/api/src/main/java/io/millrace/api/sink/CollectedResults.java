package io.millrace.api.sink;

/** Exact results on their way to the client that called {@code executeAndCollect}. */
public interface CollectedResults {
    /** Whether there is room; false means back-pressure. */
    boolean hasRoom();

    /** Takes one serialized element (a copy is made). Beyond {@link #hasRoom} it is kept at the cost of memory. */
    void add(byte[] bytes, int offset, int length);
}
