package io.millrace.api.windowing;

import java.io.Serializable;

/** Says which windows an element belongs to. */
public interface WindowAssigner<T, W extends Window> extends Serializable {

    /** Whether windows follow watermarks (true) or the processing-time clock. */
    boolean isEventTime();
}
