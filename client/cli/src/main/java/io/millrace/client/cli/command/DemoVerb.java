package io.millrace.client.cli.command;

import io.millrace.client.cli.demo.Demo;
import io.millrace.client.cli.demo.DemoOptions;
import io.millrace.common.core.config.Quantities;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Shows what Millrace does, on a cluster of its own that is gone afterwards. */
final class DemoVerb implements Verb {
    private static final String FOR = "--for";
    private static final String RATE = "--rate";
    private static final String SEED = "--seed";
    private static final String PARALLELISM = "--parallelism";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_PARALLELISM = 64;

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "Starts a private cluster, analyses made-up log traffic on it, and clears it all away.";
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addOption(Flags.option("DURATION", String.class, "Ends after this time; without it, with Ctrl-C.", FOR));
        spec.addOption(Flags.option(
                "N", int.class, "Log lines per second, " + DemoOptions.USUAL_RATE + " unless given.", RATE));
        spec.addOption(Flags.option("N", long.class, "Another number makes other traffic.", SEED));
        spec.addOption(Flags.option(
                "N", int.class, "Parallelism, " + DemoOptions.USUAL_PARALLELISM + " unless given.", "-p", PARALLELISM));
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException, IOException {
        DemoOptions options = new DemoOptions(
                invocation.<String>option(FOR).map(DemoVerb::duration),
                bounded(invocation, RATE, DemoOptions.USUAL_RATE, MAX_RATE),
                invocation.<Long>option(SEED),
                bounded(invocation, PARALLELISM, DemoOptions.USUAL_PARALLELISM, MAX_PARALLELISM));
        return new Demo(
                        options,
                        invocation.distribution(),
                        invocation.terminal(),
                        invocation.interruption().requested())
                .run();
    }

    private static int bounded(Invocation invocation, String option, int usual, int most) {
        Optional<Integer> given = invocation.option(option);
        int value = given.orElse(usual);
        if (value < 1 || value > most) {
            throw ParseProblems.badValue(option, Integer.toString(value), "a whole number from 1 to " + most)
                    .asException();
        }
        return value;
    }

    private static Duration duration(String text) {
        String accepted = "a time with a unit of at least 1s, such as 20s or 2min";
        try {
            Duration duration = Quantities.parseDuration(text);
            if (duration.compareTo(SHORTEST) < 0) {
                throw ParseProblems.badValue(FOR, text, accepted).asException();
            }
            return duration;
        } catch (IllegalArgumentException e) {
            throw ParseProblems.badValue(FOR, text, accepted)
                    .because(String.valueOf(e.getMessage()))
                    .asException(e);
        }
    }
}
