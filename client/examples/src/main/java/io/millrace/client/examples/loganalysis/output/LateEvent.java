package io.millrace.client.examples.loganalysis.output;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.json.JsonObject;

/** An event that came after event time had passed it; no rule has seen it. */
public record LateEvent(LogEvent event) implements OutputLine {

    @Override
    public String toJson() {
        return event.putFields(new JsonObject().put("type", "late")).end();
    }
}
