package io.millrace.client.examples.loganalysis.reading;

import io.millrace.client.examples.loganalysis.event.LogEvent;

/** Where a {@link LogReader} puts what it finds. */
public interface ReadingOutput {

    void event(LogEvent event);

    /** The line should be an event and is none. {@code reason} is one short sentence without a full stop. */
    void rejected(RejectionCode code, String reason);

    /** The line is none of the kinds that the analysis looks at. */
    void skipped();
}
