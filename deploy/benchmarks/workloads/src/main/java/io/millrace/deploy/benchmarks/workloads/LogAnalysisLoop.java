package io.millrace.deploy.benchmarks.workloads;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The log analysis as a loop. Each split has its own users, so each gets its own watermark, buffer of events by second
 * and table of users; event time advances over a sorted map instead of one timer per user and second.
 */
final class LogAnalysisLoop {

    private static final long OUT_OF_ORDER_SECONDS = 10;

    private final JobOptions options;
    private final Probe sink;
    private final LogParser parser = new LogParser();

    LogAnalysisLoop(JobOptions options, Probe sink) {
        this.options = options;
        this.sink = sink;
    }

    void run() {
        try (Probe events = new Probe(options, Probe.EVENTS, 0)) {
            List<FeedCursor<String>> cursors = PlainLoop.cursors(LogLineFeed::new, options);
            List<Split> splits =
                    cursors.stream().map(cursor -> new Split(events)).toList();
            boolean running = true;
            while (running) {
                running = false;
                for (int i = 0; i < cursors.size(); i++) {
                    if (!cursors.get(i).isExhausted()) {
                        splits.get(i).onLine(cursors.get(i).take());
                        running = true;
                    }
                }
            }
            splits.forEach(Split::onEnd);
            cursors.forEach(FeedCursor::close);
        }
    }

    private void emit(String line) {
        sink.count(TextDigest.digest(line));
    }

    /** The users of one split and its event time. */
    private final class Split {

        private final Probe events;
        private final Consumer<String> out = LogAnalysisLoop.this::emit;
        private final NavigableMap<Long, List<LogEvent>> pending = new TreeMap<>();
        private final NavigableMap<Long, List<String>> windows = new TreeMap<>();
        private final Map<String, UserActivity> users = new HashMap<>();
        private long maxSecond = Long.MIN_VALUE;

        Split(Probe events) {
            this.events = events;
        }

        void onLine(String line) {
            LogEvent event = parser.parse(line);
            if (event == null) {
                emit(line);
                return;
            }
            pending.computeIfAbsent(event.timestamp, second -> new ArrayList<>())
                    .add(event);
            if (event.timestamp > maxSecond) {
                maxSecond = event.timestamp;
                advance(maxSecond - OUT_OF_ORDER_SECONDS - 1);
            }
        }

        void onEnd() {
            advance(Long.MAX_VALUE);
        }

        private void advance(long lastSecond) {
            while (!pending.isEmpty() && pending.firstKey() <= lastSecond) {
                closeWindows(pending.firstKey());
                pending.pollFirstEntry().getValue().forEach(this::apply);
            }
            closeWindows(lastSecond == Long.MAX_VALUE ? lastSecond : lastSecond + 1);
        }

        private void apply(LogEvent event) {
            UserActivity user = users.computeIfAbsent(event.userId, id -> new UserActivity());
            long openWindow = user.windowEnd;
            user.apply(event, out);
            if (user.windowEnd != openWindow) {
                windows.computeIfAbsent(user.windowEnd, end -> new ArrayList<>())
                        .add(event.userId);
            }
            events.count(0);
        }

        private void closeWindows(long second) {
            while (!windows.isEmpty() && windows.firstKey() <= second) {
                for (String user : windows.pollFirstEntry().getValue()) {
                    UserActivity activity = users.get(user);
                    if (activity == null) {
                        throw new IllegalStateException("a window of an unknown user " + user);
                    }
                    activity.closeWindow(user, out);
                }
            }
        }
    }
}
