package io.millrace.api.windowing;

/** A group of elements. Equality says whether two are the same window. */
public interface Window {
    /** The largest timestamp that still belongs to the window. */
    long maxTimestamp();
}
