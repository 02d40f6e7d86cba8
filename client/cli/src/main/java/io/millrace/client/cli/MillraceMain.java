package io.millrace.client.cli;

import io.millrace.client.cli.command.CommandLines;
import io.millrace.client.cli.local.Distribution;
import io.millrace.client.cli.outcome.Interruption;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.time.SystemClock;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program behind {@code millrace}, for every verb but those that start a server. */
public final class MillraceMain {
    private static final int BUFFER_BYTES = 64 * 1024;
    /** Set by the launcher if both streams go to a terminal; no Java version can tell reliably. */
    private static final String TERMINAL_PROPERTY = "millrace.terminal";

    /** gRPC warns of failures that the command tells itself, with a stack. Held, as the JVM forgets unused loggers. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private static final String LOGGING = "logback.configurationFile";

    private MillraceMain() {}

    public static void main(String[] words) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "io/millrace/client/cli/logback.xml");
        }
        GRPC.setLevel(Level.OFF);
        String home = System.getProperty(Distribution.HOME_PROPERTY);
        Distribution distribution = new Distribution(home == null ? null : Path.of(home));
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new ShutdownHook(interruption));
        int code = new CommandLines(terminal(), distribution, interruption).run(List.of(words));
        interruption.finish(code);
        System.exit(code);
    }

    private static Terminal terminal() {
        boolean colours = Boolean.getBoolean(TERMINAL_PROPERTY)
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                colours,
                false,
                SystemClock.INSTANCE,
                ZoneId.systemDefault());
    }

    /** Unicode whatever the locale: what jobs print is mostly JSON, and goes on to other programs. */
    private static PrintStream stream(FileDescriptor file) {
        BufferedOutputStream buffer = new BufferedOutputStream(new FileOutputStream(file), BUFFER_BYTES);
        return new PrintStream(buffer, false, StandardCharsets.UTF_8);
    }
}
