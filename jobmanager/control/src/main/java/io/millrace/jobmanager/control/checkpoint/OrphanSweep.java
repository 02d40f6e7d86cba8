package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which places have to be listed for files of which nobody told: those of writers that were lost, that declined, or
 * that worked for a former leader. A place is listed a grace after the last such event, when what was still on its way
 * to the storage has come there.
 */
final class OrphanSweep {
    private final JobId job;
    private final long graceNanos;
    private final Map<String, Suspicion> places = new LinkedHashMap<>();

    /** What to look for in one place, when, and since when nothing was added. */
    private record Suspicion(Set<Long> checkpoints, long before, long dueNanos, long lastNanos) {}

    OrphanSweep(JobId job, long graceNanos) {
        this.job = job;
        this.graceNanos = graceNanos;
    }

    /** There may be files of this checkpoint that nobody told of. It is decided. */
    void suspect(String place, long checkpoint, Moment now) {
        suspect(place, Set.of(checkpoint), 0, now);
    }

    /** There may be files that former leaders never heard of. */
    void suspectFormer(long before, Moment now) {
        suspect("", Set.of(), before, now);
    }

    /** Nobody knows whether this found all: look again. */
    void failed(SweepFiles sweep, Moment now) {
        suspect(sweep.place(), sweep.checkpoints(), sweep.before(), now);
    }

    private void suspect(String place, Set<Long> checkpoints, long before, Moment now) {
        Suspicion known = places.get(place);
        Set<Long> all = new TreeSet<>(checkpoints);
        if (known != null) {
            all.addAll(known.checkpoints());
        }
        places.put(
                place,
                new Suspicion(
                        all,
                        known == null ? before : Math.max(before, known.before()),
                        known == null ? now.nanos() + graceNanos : known.dueNanos(),
                        now.nanos()));
    }

    /** When {@link #takeDue} has something; {@code Long.MAX_VALUE}: never. */
    long dueNanos() {
        return places.values().stream().mapToLong(Suspicion::dueNanos).min().orElse(Long.MAX_VALUE);
    }

    /** @param keep names that somebody needs */
    List<SweepFiles> takeDue(Moment now, Supplier<Set<String>> keep) {
        List<SweepFiles> due = new ArrayList<>();
        for (Map.Entry<String, Suspicion> entry : List.copyOf(places.entrySet())) {
            String place = entry.getKey();
            Suspicion found = entry.getValue();
            if (!now.reached(found.dueNanos())) {
                continue;
            }
            due.add(new SweepFiles(job, place, found.checkpoints(), found.before(), keep.get()));
            long settledNanos = found.lastNanos() + graceNanos;
            if (now.reached(settledNanos)) {
                places.remove(place);
            } else {
                // Something was added since: look once more when its grace is over.
                places.put(place, new Suspicion(found.checkpoints(), found.before(), settledNanos, found.lastNanos()));
            }
        }
        return due;
    }
}
