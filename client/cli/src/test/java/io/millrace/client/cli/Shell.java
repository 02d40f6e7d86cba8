package io.millrace.client.cli;

import io.millrace.client.cli.command.CommandLines;
import io.millrace.client.cli.local.Distribution;
import io.millrace.client.cli.outcome.Interruption;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.time.Clock;
import io.millrace.common.core.time.SystemClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** Runs command lines in this process and keeps what they write. For one command at a time. */
public final class Shell {
    private final Distribution distribution;
    private Clock clock = SystemClock.INSTANCE;
    private Interruption interruption = new Interruption();

    /**
     * @param code exit code
     * @param out result
     * @param err notes and problems
     */
    public record Result(int code, String out, String err) {

        /** The code of the first problem that was told, in brackets as it is printed; empty if there was none. */
        public String problem() {
            return err.lines()
                    .filter(line -> line.startsWith("["))
                    .map(line -> line.substring(1, line.indexOf(']')))
                    .findFirst()
                    .orElse("");
        }
    }

    public Shell() {
        this(new Distribution(null));
    }

    public Shell(Distribution distribution) {
        this.distribution = distribution;
    }

    /** A shell whose distribution is the directory. */
    public static Shell in(Path home) {
        return new Shell(new Distribution(home));
    }

    public Shell at(Clock newClock) {
        clock = newClock;
        return this;
    }

    /** How a test interrupts the next command. */
    public Interruption interruption() {
        return interruption;
    }

    public Result run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Interruption own = interruption;
        interruption = new Interruption();
        Terminal terminal = new Terminal(stream(out), stream(err), false, false, clock, ZoneOffset.UTC);
        int code = new CommandLines(terminal, distribution, own).run(List.of(words));
        own.finish(code);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
