package io.millrace.deploy.benchmarks.suite;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run of the suite measured; written as JSON, shown as Markdown.
 *
 * @param started UTC time of the start, to the minute
 * @param commit the checkout's commit, with {@code -dirty} when it had changes
 * @param commandLine the arguments as given
 * @param engines description by engine id, in the order of the rounds
 * @param failure why the suite ended early, null when it did not
 * @param options settings that every engine shared, for the reader
 */
record Results(
        String started,
        String commit,
        String commandLine,
        Machine machine,
        Map<String, String> engines,
        Map<String, String> options,
        List<Measurement> measurements,
        @Nullable String failure) {}
