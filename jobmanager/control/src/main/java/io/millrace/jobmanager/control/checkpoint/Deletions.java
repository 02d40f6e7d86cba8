package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointStore;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that nobody needs, until they are asked to be deleted; what could not be is asked for again. */
final class Deletions {
    private static final int NAMES_PER_COMMAND = 1_000;

    private final JobId job;
    private final CheckpointStore store;
    private final long retryNanos;
    private final Map<String, List<String>> fresh = new LinkedHashMap<>();
    private final Map<String, List<String>> failed = new LinkedHashMap<>();

    private long retryAtNanos = Long.MAX_VALUE;

    Deletions(JobId job, CheckpointStore store, long retryNanos) {
        this.job = job;
        this.store = store;
        this.retryNanos = retryNanos;
    }

    void add(String place, Collection<String> names) {
        if (!names.isEmpty()) {
            fresh.computeIfAbsent(place, key -> new ArrayList<>()).addAll(names);
        }
    }

    void failed(String place, Collection<String> names, Moment now) {
        failed.computeIfAbsent(place, key -> new ArrayList<>()).addAll(names);
        retryAtNanos = now.nanos() + retryNanos;
    }

    void send(Moment now, Outbox out) {
        if (now.reached(retryAtNanos)) {
            retryAtNanos = Long.MAX_VALUE;
            failed.forEach(this::add);
            failed.clear();
        }
        fresh.forEach((place, names) -> {
            for (int from = 0; from < names.size(); from += NAMES_PER_COMMAND) {
                List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_PER_COMMAND));
                out.toStore(store, new DeleteFiles(job, place, some));
            }
        });
        fresh.clear();
    }

    /** When {@link #send} has something to ask for again; {@code Long.MAX_VALUE}: never. */
    long dueNanos() {
        return retryAtNanos;
    }
}
