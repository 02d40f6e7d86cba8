package io.millrace.deploy.benchmarks.suite;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Median and range of a figure over the rounds. */
record Spread(double median, double min, double max) {

    static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** {@code median (min–max)} with three significant digits and a suffix for thousands and millions. */
    String show() {
        return show(median) + " (" + show(min) + "–" + show(max) + ")";
    }

    private static String show(double value) {
        if (value >= 999_500) {
            return digits(value / 1e6) + " M";
        }
        return value >= 9_995 ? digits(value / 1e3) + " k" : digits(value);
    }

    private static String digits(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    @Override
    public String toString() {
        return Arrays.toString(new double[] {median, min, max});
    }
}
