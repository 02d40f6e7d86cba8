package io.millrace.jobmanager.control.job;

import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.config.RestartOptions;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.identity.OperatorIdentities;
import io.millrace.jobmanager.control.checkpoint.CheckpointJob;
import io.millrace.jobmanager.control.checkpoint.CheckpointSettings;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.restart.RestartStrategy;
import java.util.Map;

/**
 * What a job is, whatever becomes of it.
 *
 * @param identities of its operators, by their ids
 * @param place of its own checkpoints
 * @param submittedAtEpochMs wall clock
 */
public record JobDefinition(
        JobId id,
        JobGraph graph,
        Configuration configuration,
        Map<Integer, String> identities,
        String place,
        long submittedAtEpochMs) {

    /**
     * A job that is submitted now. Its place is chosen here, once for its whole life.
     *
     * @param clusterPlace where jobs that name no place keep their checkpoints
     * @throws io.millrace.common.core.error.MillraceException if a setting of the job cannot be
     */
    public static JobDefinition submitted(JobId id, JobGraph graph, String clusterPlace, long atEpochMs) {
        StorageLocation chosen = configurationOf(graph).get(JobOptions.CHECKPOINT_DIR);
        String place = chosen instanceof StorageLocation.ClusterDefault ? clusterPlace : chosen.toString();
        return of(id, graph, (place.endsWith("/") ? place : place + "/") + id, atEpochMs);
    }

    /** A job that the metadata log tells of. */
    static JobDefinition logged(LoggedJob job) {
        return of(job.id(), job.graph(), job.place(), job.submittedAtEpochMs());
    }

    private static JobDefinition of(JobId id, JobGraph graph, String place, long atEpochMs) {
        JobDefinition job =
                new JobDefinition(id, graph, configurationOf(graph), OperatorIdentities.of(graph), place, atEpochMs);
        job.restartStrategy();
        return job;
    }

    private static Configuration configurationOf(JobGraph graph) {
        return Configuration.of(graph.configuration(), "settings of job '" + graph.name() + "'");
    }

    /** Whether somebody chose what becomes of the job when it fails. */
    boolean choosesRestart() {
        return configuration.contains(RestartOptions.STRATEGY);
    }

    RestartStrategy restartStrategy() {
        return RestartStrategy.of(configuration);
    }

    CheckpointSettings checkpointSettings() {
        return CheckpointSettings.of(configuration);
    }

    CheckpointJob checkpointJob() {
        return new CheckpointJob(id, graph, operator -> identities.getOrDefault(operator.id(), operator.uid()), place);
    }
}
