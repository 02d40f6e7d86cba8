package io.millrace.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcessMetricsTest {

    @Test
    void whatIsCountedAndShownOutlivesTheGarbageCollector() throws Exception {
        long[] total = {1};
        try (ProcessMetrics metrics = new ProcessMetrics()) {
            metrics.counter("millrace_records", "Records", () -> total[0]);
            metrics.gauge("millrace_backlog", "Backlog", () -> total[0]);
            collectGarbage();
            total[0] = 7;
            assertThat(metrics.scrape()).contains("millrace_records_total 7.0").contains("millrace_backlog 7.0");
        }
    }

    private static void collectGarbage() throws InterruptedException {
        WeakReference<Object> gone = new WeakReference<>(new Object());
        while (gone.get() != null) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
