package io.millrace.deploy.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedCursorTest {

    @TempDir
    Path directory;

    @Test
    void theCountIsSharedOutWithoutLoss() {
        long taken = 0;
        for (int split = 0; split < 3; split++) {
            taken += takeAll(new JobOptions(directory.toString(), 0, 100, 0, 0), split, 3)
                    .size();
        }
        assertThat(taken).isEqualTo(100);
    }

    @Test
    void dueTimesKeepTheRateWhateverTheTaker() throws Exception {
        JobOptions options = new JobOptions(directory.toString(), 0, 50, 1_000, 0);
        List<Long> due = new ArrayList<>();
        try (FeedCursor<Long> cursor = new FeedCursor<>((split, splits) -> nanos -> nanos, options, 0, 2)) {
            while (!cursor.isExhausted()) {
                cursor.whenDue().get(10, TimeUnit.SECONDS);
                assertThat(cursor.isDue()).isTrue();
                due.add(cursor.take());
            }
        }
        assertThat(due).hasSize(25);
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(i - 1)).isEqualTo(2_000_000);
        }
    }

    private static List<Long> takeAll(JobOptions options, int split, int splits) {
        List<Long> taken = new ArrayList<>();
        try (FeedCursor<Long> cursor = new FeedCursor<>((s, n) -> nanos -> nanos, options, split, splits)) {
            while (!cursor.isExhausted()) {
                taken.add(cursor.take());
            }
        }
        return taken;
    }
}
