package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.JobStatus;
import java.util.List;
import java.util.Optional;

/** What the metadata log says, in order, about the jobs of a cluster. Saying it twice is the same as saying it once. */
public sealed interface LogEntry {
    /** How many numbers of checkpoints a submission reserves, and each further reservation. */
    long IDS_PER_BLOCK = 1_000;

    JobId job();

    /**
     * The job is accepted: it is run until it ends. Its run 1 and the the first {@link #IDS_PER_BLOCK} checkpoint
     * numbers above that of its origin may be used.
     *
     * @param place of its own checkpoints, in the form of {@link io.millrace.common.core.config.StorageLocation}
     * @param origin with whose state it begins, until it has a checkpoint of its own
     */
    record Submitted(JobId job, JobGraph graph, String place, long atEpochMs, Optional<RestoreOrigin> origin)
            implements LogEntry {
        /** The first number of a checkpoint that may be used. */
        public long idsNext() {
            return origin.map(RestoreOrigin::checkpoint).orElse(0L) + 1;
        }
    }

    /**
     * Another run may begin.
     *
     * @param idsEnd numbers of checkpoints below it may be used
     */
    record RunStarted(JobId job, int run, long idsEnd) implements LogEntry {
        public RunStarted {
            Check.argument(run >= 2 && idsEnd >= 1, "Runs after the first count from 2");
        }
    }

    /** @param end numbers of checkpoints below it may be used */
    record IdsReserved(JobId job, long end) implements LogEntry {
        public IdsReserved {
            Check.argument(end >= 1, "Checkpoints count from 1");
        }
    }

    /** @param subsumed checkpoints whose pointers end with this entry */
    record Completed(JobId job, CheckpointPointer pointer, List<Long> subsumed) implements LogEntry {
        public Completed {
            subsumed = List.copyOf(subsumed);
        }
    }

    /**
     * The job has ended; nobody brings it back.
     *
     * @param kept checkpoints whose pointers stay; those of all others end with this entry
     * @param failure why it failed, in brief; empty if it did not, or an earlier version wrote the entry
     */
    record Ended(JobId job, JobStatus status, long atEpochMs, List<Long> kept, Optional<Failure> failure)
            implements LogEntry {
        public Ended {
            Check.argument(status.isTerminal(), "A job that is " + status + " has not ended");
            kept = List.copyOf(kept);
        }
    }

    /** Nothing is left of the ended job's checkpoints but what is kept. */
    record Cleaned(JobId job) implements LogEntry {}
}
