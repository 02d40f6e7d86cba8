package io.millrace.client.examples.loganalysis.sources;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.util.Optional;

/**
 * What was found in a record of a topic: an event, or why there is none.
 *
 * @param rejection a rejected line as JSON; empty for an event
 */
public record ReadRecord(Optional<LogEvent> event, String rejection) {

    static ReadRecord of(LogEvent event) {
        return new ReadRecord(Optional.of(event), "");
    }

    static ReadRecord rejected(String json) {
        return new ReadRecord(Optional.empty(), json);
    }
}
