package io.millrace.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.Labels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsServerTest {

    private record Thing(String name, double records) {}

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Test
    void servesFixedAndDynamicMetricsAndProbes() throws Exception {
        List<Thing> things = new ArrayList<>();
        boolean[] ready = {false};
        try (ProcessMetrics metrics = new ProcessMetrics()) {
            metrics.gauge("millrace_slots", "Slots of the process", () -> 4);
            metrics.counter("millrace_frames_sent", "Frames sent", () -> 17, "direction", "out");
            metrics.dynamic(DynamicFamily.of(() -> things, (Thing thing) -> Labels.of("task", thing.name()))
                    .counter("millrace_task_records_in", "Records read", Thing::records)
                    .gauge("millrace_task_busy_ratio", "Share of time busy", thing -> 0.5)
                    .build());
            try (MetricsServer server = MetricsServer.start(anyPort(), metrics::scrape, () -> ready[0])) {
                things.add(new Thing("a", 3));
                String text = get(server.port(), "/metrics").body();
                assertThat(text)
                        .contains("millrace_slots 4.0")
                        .contains("millrace_frames_sent_total{direction=\"out\"} 17.0")
                        .contains("millrace_task_records_in_total{task=\"a\"} 3.0")
                        .contains("# HELP millrace_task_busy_ratio Share of time busy")
                        .contains("jvm_memory_used_bytes");
                things.clear();
                assertThat(get(server.port(), "/metrics").body()).doesNotContain("task=\"a\"");
                assertThat(get(server.port(), "/live").statusCode()).isEqualTo(200);
                assertThat(get(server.port(), "/ready").statusCode()).isEqualTo(503);
                ready[0] = true;
                assertThat(get(server.port(), "/ready").statusCode()).isEqualTo(200);
                InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
                assertThatThrownBy(() -> MetricsServer.start(taken, () -> "", () -> true))
                        .hasMessageContaining("HTTP_PORT_IN_USE")
                        .hasMessageContaining(String.valueOf(server.port()));
            }
        }
    }
}
