package io.millrace.taskmanager.server.library;

import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.loading.JobClassLoader;
import io.millrace.common.graph.BlobReference;
import io.millrace.taskmanager.server.supervisor.JobLibraries;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import io.millrace.taskmanager.server.supervisor.TaskManagerErrors;
import java.io.IOException;
import java.net.URL;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One class loader per job, shared by the job's tasks and closed when the last has released it. All calls and all state
 * belong to the worker: jobs' jars are fetched there one after another, so no two tasks fetch the same jar.
 */
public final class SharedJobLibraries implements JobLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(SharedJobLibraries.class);

    private final Executor worker;
    private final JarCache cache;
    private final Function<List<URL>, JobClassLoader> newLoader;
    private final Mailbox<SupervisorEvent> supervisor;

    /** Worker's thread. */
    private final Map<JobId, Library> libraries = new HashMap<>();

    private record Library(JobClassLoader loader, Set<SubtaskId> users) {}

    /**
     * @param worker runs one task after another on a thread that may block
     * @param supervisor is told the outcome
     */
    public SharedJobLibraries(
            Executor worker,
            JarCache cache,
            Function<List<URL>, JobClassLoader> newLoader,
            Mailbox<SupervisorEvent> supervisor) {
        this.worker = worker;
        this.cache = cache;
        this.newLoader = newLoader;
        this.supervisor = supervisor;
    }

    @Override
    public void acquire(JobId job, SubtaskId subtask, List<BlobReference> jars) {
        worker.execute(() -> supervisor.post(load(job, subtask, jars)));
    }

    private SupervisorEvent load(JobId job, SubtaskId subtask, List<BlobReference> jars) {
        try {
            Library library = libraries.get(job);
            if (library == null) {
                library = new Library(newLoader.apply(cache.locate(jars)), new HashSet<>());
                libraries.put(job, library);
            }
            library.users().add(subtask);
            return new SupervisorEvent.LibrariesReady(subtask, library.loader());
        } catch (MillraceException e) {
            return new SupervisorEvent.LibrariesFailed(subtask, e.problem());
        } catch (RuntimeException e) {
            return new SupervisorEvent.LibrariesFailed(
                    subtask,
                    Problem.of(TaskManagerErrors.JOB_LIBRARY_UNAVAILABLE, "Cannot open the job's jars")
                            .because(e.toString())
                            .fix("See the TaskManager's log"));
        }
    }

    @Override
    public void release(SubtaskId subtask) {
        worker.execute(() -> releaseNow(subtask));
    }

    private void releaseNow(SubtaskId subtask) {
        Library library = libraries.get(subtask.job());
        if (library == null
                || !library.users().remove(subtask)
                || !library.users().isEmpty()) {
            return;
        }
        libraries.remove(subtask.job());
        try {
            library.loader().close();
        } catch (IOException e) {
            LOG.warn("event=job-class-loader-not-closed job={} why={}", subtask.job(), e.toString());
        }
    }
}
