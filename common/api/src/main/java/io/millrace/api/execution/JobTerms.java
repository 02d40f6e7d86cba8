package io.millrace.api.execution;

import java.time.Duration;

/**
 * What a source or sink may know of its job when the job graph is built: the job's own settings, with defaults where it
 * has none.
 *
 * @param checkpointInterval zero if no checkpoints are taken
 * @param checkpointTimeout after which an incomplete checkpoint is given up
 */
public record JobTerms(Duration checkpointInterval, Duration checkpointTimeout) {

    public boolean isCheckpointed() {
        return !checkpointInterval.isZero();
    }
}
