package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.BlobReference;
import java.util.List;

/**
 * The class loaders of jobs. A job's tasks on this TaskManager share one; it is closed when the last of them has
 * released it.
 */
public interface JobLibraries {

    /**
     * Fetches what is missing; answers with {@link SupervisorEvent.LibrariesReady} or
     * {@link SupervisorEvent.LibrariesFailed}.
     */
    void acquire(JobId job, SubtaskId subtask, List<BlobReference> jars);

    /** The task is gone and holds nothing of its job's classes. */
    void release(SubtaskId subtask);
}
