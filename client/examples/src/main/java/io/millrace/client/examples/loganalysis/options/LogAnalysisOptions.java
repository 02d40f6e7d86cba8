package io.millrace.client.examples.loganalysis.options;

import io.millrace.client.examples.loganalysis.reading.LogFormat;
import java.util.OptionalLong;

/**
 * What the command line asks of the job.
 *
 * @param rate lines per second from the source; as fast as possible if empty
 * @param year year of the first line of a syslog
 * @param alerts destination of security and anomaly alerts
 * @param side destination of late and rejected lines
 */
public record LogAnalysisOptions(
        LogSource source,
        OptionalLong rate,
        LogFormat format,
        int year,
        RuleSet rules,
        Destination alerts,
        Destination metrics,
        Destination side) {

    /** What {@code --help} shows. */
    public static final String USAGE = """
            Real-time Log Analysis: failed-login alerts, inactivity anomalies, metrics per user.

              --source SOURCE       generator            made-up traffic of a shop (default)
                                    generator:tutorial   the tutorial's test data
                                    file:PATH[,PATH...]  files in this order; may be repeated
                                    socket:HOST:PORT     lines sent by a server
                                    kafka[:BROKERS/TOPIC]  (default: localhost:9092/user-logs)
              --format FORMAT       json (default), sshd or access
              --rules RULES         precise (default) or tutorial
              --rate N              at most N lines per second from any source
              --follow              wait for more at the end of the last file
              --year YEAR           year of the first line of an sshd log (default: this year)
              --count N             generator: stop after N lines
              --seed N              generator: other numbers, other traffic (default: 1)
              --speedup X           generator: X seconds of event time per second (default: 1)
              --group GROUP         kafka: the consumer group (default: log-analyzer-group)
              --start START         kafka: earliest, latest, committed (fails without committed offsets) or
                                    timestamp:MS; by default the group's committed offsets, else latest
              --output DEST         print (default), file:DIRECTORY or kafka:BROKERS/TOPIC
              --alerts DEST         where alerts go instead
              --metrics DEST        where metrics go instead
              --side DEST           where late and rejected lines go instead
            """;

    /**
     * Reads a command line.
     *
     * @param thisYear the year that {@code --year} defaults to
     * @throws io.millrace.common.core.error.MillraceException with one of {@link OptionErrors}, naming option, value
     *     and accepted forms
     */
    public static LogAnalysisOptions parse(String[] args, int thisYear) {
        return new OptionReader(CommandLine.parse(args), thisYear).read();
    }
}
