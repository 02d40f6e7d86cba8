package io.millrace.common.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one process. Values are read from suppliers when somebody asks, so a metric costs its owner nothing.
 * Suppliers are called by the HTTP server's thread and may only read published values. Thread-safe.
 */
public final class ProcessMetrics implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** With the JVM's own metrics: memory, threads, classes, processor, uptime. */
    public ProcessMetrics() {
        // Both break Prometheus' rules for names: a count that is no counter's, and an abbreviated unit.
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        registry.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            counter(
                    "process.cpu.seconds",
                    "Time that the process has used processors",
                    () -> system.getProcessCpuTime() / NANOS_PER_SECOND);
        }
        gauge("jvm.processors", "Processors that the process may use", () -> Runtime.getRuntime()
                .availableProcessors());
    }

    /** A number that goes up and down. */
    public void gauge(String name, String description, DoubleSupplier value, String... tags) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(Tags.of(tags))
                .strongReference(true)
                .register(registry);
    }

    /** A number that only grows; shown with the suffix {@code _total}. */
    public void counter(String name, String description, DoubleSupplier value, String... tags) {
        // What is given beside the function is known weakly only: a supplier that nobody else knows would be collected,
        // and the counter would show its last value for ever.
        FunctionCounter.builder(name, registry, ignored -> value.getAsDouble())
                .description(description)
                .tags(Tags.of(tags))
                .register(registry);
    }

    /**
     * Counters and gauges whose label values come and go, such as one set per running task; asked for at each scrape.
     */
    public void dynamic(DynamicFamily family) {
        registry.getPrometheusRegistry().register(family);
    }

    /** Everything in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    /** The names of all metrics, for tests and documentation. */
    public List<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        registry.close();
    }
}
