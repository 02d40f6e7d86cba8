package io.millrace.deploy.benchmarks.workloads;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Log lines of 5,000 users per split as JSON strings: browsing, logins, brute-force bursts, broken lines, a night of 25
 * hours every million lines, after which activity counts as inactivity anomalies. Lines are made once; only the time is
 * written into them per record, so that the feed costs one copy. Event time moves at 500 events per second and split,
 * out of order by at most 8 seconds, so nothing is late. Users belong to one split, so results do not depend on how
 * splits interleave.
 */
public final class LogLineFeed implements Feed<String> {

    private static final int LINES = 1 << 15;
    private static final int USERS_PER_SPLIT = 5_000;
    private static final int EVENTS_PER_SECOND = 500;
    private static final int MAX_JITTER_SECONDS = 8;
    private static final int LINES_PER_DAY = 1_000_000;
    private static final long NIGHT_SECONDS = 25 * 3_600;
    private static final long START_SECONDS = 1_700_000_000;
    private static final int TIMESTAMP_DIGITS = 10;
    private static final int BURST = 6;
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/143.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36",
        "curl/8.14.1"
    };

    private final SplittableRandom random;
    private final int split;
    private final byte[][] lines = new byte[LINES][];
    private final int[] timestampAt = new int[LINES];
    private final byte[] jitterSeconds = new byte[LINES];
    private long sequence;

    public LogLineFeed(int split, int splits) {
        this.split = split;
        this.random = new SplittableRandom(31L * split + splits);
        int failuresLeft = 0;
        int user = 0;
        for (int i = 0; i < LINES; i++) {
            if (failuresLeft == 0) {
                user = random.nextInt(USERS_PER_SPLIT);
                failuresLeft = random.nextInt(400) == 0 ? BURST : 0;
            }
            String action = failuresLeft > 0 ? "login_failed" : action(random.nextInt(100));
            failuresLeft = Math.max(0, failuresLeft - 1);
            make(i, user, action);
        }
    }

    @Override
    public String next(long dueNanos) {
        int i = (int) (sequence & LINES - 1);
        byte[] line = lines[i];
        if (timestampAt[i] >= 0) {
            long day = sequence / LINES_PER_DAY;
            long seconds = START_SECONDS + sequence / EVENTS_PER_SECOND + day * NIGHT_SECONDS - jitterSeconds[i];
            for (int digit = TIMESTAMP_DIGITS - 1; digit >= 0; digit--) {
                line[timestampAt[i] + digit] = (byte) ('0' + seconds % 10);
                seconds /= 10;
            }
        }
        sequence++;
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    private void make(int i, int user, String action) {
        String head = String.format(
                "{\"user_id\":\"user-%d-%d\",\"session_id\":\"session_%d\",\"action\":\"%s\",\"timestamp\":",
                split, user, 1000 + random.nextInt(9000), action);
        String tail = String.format(
                ",\"ip_address\":\"10.%d.%d.%d\",\"user_agent\":\"%s\",\"metadata\":{\"page\":\"/item/%d\",\"ms\":%d}}",
                random.nextInt(4),
                random.nextInt(256),
                random.nextInt(256),
                AGENTS[random.nextInt(AGENTS.length)],
                random.nextInt(100_000),
                random.nextInt(500));
        boolean broken = random.nextInt(2_000) == 0;
        String line = broken ? head : head + "0".repeat(TIMESTAMP_DIGITS) + tail;
        lines[i] = line.getBytes(StandardCharsets.ISO_8859_1);
        timestampAt[i] = broken ? -1 : head.length();
        jitterSeconds[i] = (byte) random.nextInt(MAX_JITTER_SECONDS + 1);
    }

    private static String action(int percentile) {
        if (percentile < 5) {
            return "login_success";
        }
        if (percentile < 8) {
            return "login";
        }
        if (percentile < 13) {
            return "logout";
        }
        if (percentile < 20) {
            return "purchase";
        }
        if (percentile < 28) {
            return "download";
        }
        return percentile < 32 ? "login_failed" : "view";
    }
}
