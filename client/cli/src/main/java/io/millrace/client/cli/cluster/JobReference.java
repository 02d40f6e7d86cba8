package io.millrace.client.cli.cluster;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.Suggestion;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.status.JobSummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How people name a job: the start of its id, or its name. */
public final class JobReference {
    private static final int SHOWN_CANDIDATES = 5;

    private JobReference() {}

    /**
     * The job that is meant. A whole id goes before a name, a name before the start of an id; of several namesakes the
     * only one that has not ended is meant.
     *
     * @param jobs all jobs there are
     * @throws io.millrace.common.core.error.MillraceException if none is meant, or it is not clear which
     */
    public static JobSummary resolve(String text, List<JobSummary> jobs) {
        String start = text.toLowerCase(Locale.ROOT);
        List<JobSummary> found =
                jobs.stream().filter(job -> job.job().toString().equals(start)).toList();
        if (found.isEmpty()) {
            found = jobs.stream().filter(job -> job.name().equals(text)).toList();
        }
        if (found.isEmpty()) {
            found = jobs.stream()
                    .filter(job -> !start.isEmpty() && job.job().toString().startsWith(start))
                    .toList();
        }
        List<JobSummary> live =
                found.stream().filter(job -> !job.status().isTerminal()).toList();
        if (live.size() == 1) {
            return live.get(0);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw (found.isEmpty() ? noSuch(text, jobs) : ambiguous(text, found)).asException();
    }

    private static Problem noSuch(String text, List<JobSummary> jobs) {
        Problem problem = Problem.of(CliError.NO_SUCH_JOB, "There is no job '" + text + "'");
        if (jobs.isEmpty()) {
            return problem.because("The cluster knows no job at all").fix("Start one with 'millrace run JAR'");
        }
        return problem.fix(
                Suggestion.of(text, jobs.stream().map(JobSummary::name).toList())
                                .map(nearest -> "Did you mean '" + nearest + "'? ")
                                .orElse("")
                        + "'millrace list' shows all jobs");
    }

    private static Problem ambiguous(String text, List<JobSummary> found) {
        String candidates = found.stream()
                .limit(SHOWN_CANDIDATES)
                .map(job -> job.job() + " (" + job.name() + ", " + job.status() + ")")
                .collect(Collectors.joining(", "));
        String more = found.size() > SHOWN_CANDIDATES ? " and " + (found.size() - SHOWN_CANDIDATES) + " more" : "";
        return Problem.of(CliError.AMBIGUOUS_JOB, "'" + text + "' may mean " + found.size() + " jobs")
                .because(candidates + more)
                .fix("Give more of the id");
    }
}
