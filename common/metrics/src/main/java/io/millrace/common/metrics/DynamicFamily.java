package io.millrace.common.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Metrics of things that come and go, all of one kind {@code S}: one data point per thing that is there at the moment
 * of a scrape, so nothing has to be removed when it ends. Built once, then read by the HTTP server's thread.
 */
public final class DynamicFamily implements MultiCollector {

    private record Metric<S>(String name, String help, boolean counter, ToDoubleFunction<S> value) {}

    private final Supplier<MetricSnapshots> collection;

    private DynamicFamily(Supplier<MetricSnapshots> collection) {
        this.collection = collection;
    }

    @Override
    public MetricSnapshots collect() {
        return collection.get();
    }

    /** Starts a family over what {@code things} publishes, told apart by {@code labels}. */
    public static <S> Builder<S> of(Supplier<List<S>> things, java.util.function.Function<S, Labels> labels) {
        return new Builder<>(things, labels);
    }

    /** Collects the metrics of a family. */
    public static final class Builder<S> {
        private final Supplier<List<S>> things;
        private final java.util.function.Function<S, Labels> labels;
        private final List<Metric<S>> metrics = new ArrayList<>();

        private Builder(Supplier<List<S>> things, java.util.function.Function<S, Labels> labels) {
            this.things = things;
            this.labels = labels;
        }

        /** @param name in Prometheus' form without the suffix {@code _total} */
        public Builder<S> counter(String name, String help, ToDoubleFunction<S> value) {
            metrics.add(new Metric<>(name, help, true, value));
            return this;
        }

        /** @param name in Prometheus' form */
        public Builder<S> gauge(String name, String help, ToDoubleFunction<S> value) {
            metrics.add(new Metric<>(name, help, false, value));
            return this;
        }

        public DynamicFamily build() {
            List<Metric<S>> all = List.copyOf(metrics);
            return new DynamicFamily(() -> snapshot(all));
        }

        private MetricSnapshots snapshot(List<Metric<S>> all) {
            List<S> present = things.get();
            List<MetricSnapshot> snapshots = new ArrayList<>(all.size());
            for (Metric<S> metric : all) {
                snapshots.add(metric.counter() ? counterOf(metric, present) : gaugeOf(metric, present));
            }
            return new MetricSnapshots(snapshots);
        }

        private MetricSnapshot counterOf(Metric<S> metric, List<S> present) {
            CounterSnapshot.Builder builder =
                    CounterSnapshot.builder().name(metric.name()).help(metric.help());
            for (S thing : present) {
                builder.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels.apply(thing))
                        .value(metric.value().applyAsDouble(thing))
                        .build());
            }
            return builder.build();
        }

        private MetricSnapshot gaugeOf(Metric<S> metric, List<S> present) {
            GaugeSnapshot.Builder builder =
                    GaugeSnapshot.builder().name(metric.name()).help(metric.help());
            for (S thing : present) {
                builder.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels.apply(thing))
                        .value(metric.value().applyAsDouble(thing))
                        .build());
            }
            return builder.build();
        }
    }
}
