package io.millrace.client.cli.terminal;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.time.Clock;
import java.io.PrintStream;
import java.time.ZoneId;

/**
 * Where a command writes: results to the output, everything else to the error stream, so that results can be piped. Any
 * thread.
 *
 * @param colours whether codes for colours are understood
 * @param verbose whether causes of coded errors are shown with their stack
 * @param zone for times of the day
 */
public record Terminal(PrintStream out, PrintStream err, boolean colours, boolean verbose, Clock clock, ZoneId zone) {

    public Terminal withVerbose(boolean newVerbose) {
        return new Terminal(out, err, colours, newVerbose, clock, zone);
    }

    /** One line of the result. */
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    /** One line about what goes on. */
    public void note(String line) {
        out.flush();
        err.println(line);
        err.flush();
    }

    public void warn(Problem problem) {
        note(paint(Colour.YELLOW, "Warning: ") + problem.render());
    }

    public void problem(Problem problem) {
        String text = problem.render();
        int end = problem.code().length() + 2;
        note(paint(Colour.RED, text.substring(0, end)) + text.substring(end));
    }

    /** The text in a colour where colours are understood. */
    public String paint(Colour colour, String text) {
        return colours && !text.isEmpty() ? colour.code() + text + Colour.RESET : text;
    }
}
