package io.millrace.client.examples.loganalysis.rules;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.LateEvent;
import io.millrace.client.examples.loganalysis.output.LinePosition;
import io.millrace.client.examples.loganalysis.output.OutputLine;
import io.millrace.client.examples.loganalysis.output.RejectedLine;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reading.LogReader;
import io.millrace.client.examples.loganalysis.reading.ReadingOutput;
import io.millrace.client.examples.loganalysis.reading.RejectionCode;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs readers and precise rules over bounded input the way an engine would: event by event, driven by the watermark.
 */
final class RulesDriver implements ReadingOutput {
    private final List<String> lines = new ArrayList<>();
    private final Map<String, UserState> states = new HashMap<>();
    private final Map<String, TreeMap<Long, List<LogEvent>>> pending = new HashMap<>();
    private long watermark = Long.MIN_VALUE;
    private LinePosition position = LinePosition.line("", 0);
    private String line = "";

    static List<String> run(LogFormat format, int year, List<SourceText> inputs) {
        RulesDriver driver = new RulesDriver();
        LogReader reader = format.reader(year);
        for (SourceText input : inputs) {
            for (int i = 0; i < input.lines().size(); i++) {
                driver.line = input.lines().get(i);
                driver.position = LinePosition.line(input.name(), i + 1);
                reader.read(driver.line, driver);
            }
        }
        driver.advance(Long.MAX_VALUE);
        return driver.lines;
    }

    @Override
    public void event(LogEvent event) {
        if (event.timestampMs() <= watermark) {
            write(new LateEvent(event));
        } else {
            pending.computeIfAbsent(event.userId(), user -> new TreeMap<>())
                    .computeIfAbsent(event.timestamp(), second -> new ArrayList<>())
                    .add(event);
        }
        advance(event.timestampMs() - 10_001);
    }

    @Override
    public void rejected(RejectionCode code, String reason) {
        write(RejectedLine.of(position, line, code.name(), reason));
    }

    @Override
    public void skipped() {}

    private void advance(long to) {
        if (to > watermark) {
            watermark = to;
            pending.forEach((user, events) -> {
                UserState state = states.computeIfAbsent(user, u -> new UserState());
                while (!events.isEmpty() && events.firstKey() * 1000 <= to) {
                    events.pollFirstEntry().getValue().forEach(event -> apply(event, state));
                }
                closeWindow(user, state, to);
            });
        }
    }

    private void apply(LogEvent event, UserState state) {
        closeWindow(event.userId(), state, event.timestampMs());
        write(FailedLoginRule.apply(event, state));
        write(InactivityRule.apply(event, state));
        MinuteMetrics.count(event, state);
    }

    private void closeWindow(String user, UserState state, long time) {
        if (state.windowIsOpen() && (state.windowStart + MinuteMetrics.WINDOW_SECONDS) * 1000 - 1 <= time) {
            write(MinuteMetrics.close(user, state));
        }
    }

    private void write(@Nullable OutputLine output) {
        if (output != null) {
            lines.add(output.toJson());
        }
    }
}
