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
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.RestoreOrigin;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.restart.RestartStrategy;
import java.util.Map;
import java.util.Optional;

/**
 * What a job is, whatever becomes of it.
 *
 * @param identities of its operators, by their ids
 * @param place of its own checkpoints
 * @param submittedAtEpochMs wall clock
 * @param origin with whose state it begins
 */
public record JobDefinition(
        JobId id,
        JobGraph graph,
        Configuration configuration,
        Map<Integer, String> identities,
        String place,
        long submittedAtEpochMs,
        Optional<RestoreOrigin> origin) {

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

    /** The same job, beginning with the state of a checkpoint. */
    public JobDefinition from(RestoreOrigin newOrigin) {
        return new JobDefinition(
                id, graph, configuration, identities, place, submittedAtEpochMs, Optional.of(newOrigin));
    }

    /** A job that the metadata log tells of. */
    static JobDefinition logged(LoggedJob job) {
        JobDefinition definition = of(job.id(), job.graph(), job.place(), job.submittedAtEpochMs());
        return job.origin().map(definition::from).orElse(definition);
    }

    private static JobDefinition of(JobId id, JobGraph graph, String place, long atEpochMs) {
        JobDefinition job = new JobDefinition(
                id, graph, configurationOf(graph), OperatorIdentities.of(graph), place, atEpochMs, Optional.empty());
        job.restartStrategy();
        return job;
    }

    private static Configuration configurationOf(JobGraph graph) {
        return Configuration.of(graph.configuration(), "settings of job '" + graph.name() + "'");
    }

    /** What the metadata log is told when it is submitted. */
    LogEntry.Submitted entry() {
        return new LogEntry.Submitted(id, graph, place, submittedAtEpochMs, origin);
    }

    /** What its user says that it begins with; the cluster's default for nothing. */
    public StorageLocation from() {
        return configuration.get(JobOptions.FROM);
    }

    /** Whether state of its origin that no operator of it takes up may be left behind. */
    public boolean allowsDroppedState() {
        return configuration.get(JobOptions.ALLOW_DROPPED_STATE);
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
