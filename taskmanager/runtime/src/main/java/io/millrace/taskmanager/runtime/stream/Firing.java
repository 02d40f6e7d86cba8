package io.millrace.taskmanager.runtime.stream;

/**
 * An operator's walk over due timers or windows. It goes on only while outputs have room, so one watermark may take
 * many steps. While a firing is open its task takes neither elements nor watermarks; so at most one is open at a time.
 */
public interface Firing {

    /**
     * Goes on until there is nothing left, an output has no room, or a bounded amount of work is done.
     *
     * @return whether the firing is complete, its watermark forwarded included
     */
    boolean resume();
}
