package io.millrace.jobmanager.control;

import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.log.LoggedJob;
import io.millrace.jobmanager.control.log.LoggedJobs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A {@link FakeDisk} that fails now and then, with or without effect, and whose answers wait to be heard. */
final class FaultyDisk {
    static final String SAVEPOINTS = "/savepoints";

    private final Random random;
    private final Deque<Event> answers = new ArrayDeque<>();
    private final FakeDisk disk = new FakeDisk(answers::add);

    boolean faults = true;

    FaultyDisk(Random random) {
        this.random = random;
    }

    ControlServices services() {
        return new ControlServices(this::append, this::execute, random::nextLong, "/checkpoints");
    }

    @Nullable
    Event nextAnswer() {
        return answers.poll();
    }

    /** Whoever asked is gone. */
    void forgetAnswers() {
        answers.clear();
    }

    List<LoggedJob> logged() {
        LoggedJobs jobs = new LoggedJobs();
        disk.entries.forEach(jobs::apply);
        return jobs.jobs();
    }

    /** The number of a job's latest checkpoint; 0 if it has none. */
    long latestOf(JobId job) {
        return logged().stream()
                .filter(known -> known.id().equals(job))
                .flatMap(known -> known.pointers().stream())
                .mapToLong(CheckpointPointer::checkpoint)
                .max()
                .orElse(0);
    }

    boolean put(String place, SegmentFile file) {
        return disk.segments.add(place + "/" + file.name());
    }

    boolean has(String place, String name) {
        return disk.segments.contains(place + "/" + name);
    }

    /** Of checkpoints; savepoints are their users'. */
    int manifests() {
        return (int) disk.manifests.keySet().stream()
                .filter(name -> !name.startsWith(SAVEPOINTS))
                .count();
    }

    /** Whether the latest of a job is a savepoint that it is stopped with. */
    boolean isStopped(JobId job) {
        return logged().stream()
                .filter(known -> known.id().equals(job))
                .flatMap(known -> known.pointers().stream())
                .max(Comparator.comparing(CheckpointPointer::checkpoint))
                .filter(latest -> latest.kind().stopsJob())
                .isPresent();
    }

    /** What the log says is kept and is not there. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (LoggedJob job : logged()) {
            for (CheckpointPointer pointer : job.pointers()) {
                String place = pointer.place().isEmpty() ? job.place() : pointer.place();
                String name = place + "/" + CheckpointFileName.manifest(pointer.checkpoint());
                CheckpointManifest manifest = disk.manifests.get(name);
                if (manifest == null) {
                    missing.add(name);
                } else {
                    manifest.files().stream()
                            .map(SegmentFile::name)
                            .filter(file -> !has(place, file))
                            .forEach(missing::add);
                }
            }
        }
        return missing;
    }

    /** Segments of checkpoints that no manifest names. */
    Set<String> unreachable() {
        Set<String> rest = new TreeSet<>(disk.segments);
        rest.removeIf(name -> name.startsWith(SAVEPOINTS));
        for (CheckpointManifest manifest : disk.manifests.values()) {
            manifest.files().forEach(file -> rest.remove("/checkpoints/" + manifest.job() + "/" + file.name()));
        }
        return rest;
    }

    private void append(LogEntry entry) {
        int luck = faults && !(entry instanceof LogEntry.Submitted) ? random.nextInt(100) : 100;
        if (luck < 4) {
            boolean known = luck < 2 && !disk.entries.contains(entry);
            answers.add(new Event.AppendFailed(entry, FakeDisk.PROBLEM, known));
            return;
        }
        disk.services().log().append(entry);
        if (luck < 8) {
            answers.removeLast();
            answers.add(new Event.AppendFailed(entry, FakeDisk.PROBLEM, false));
        }
    }

    private void execute(String place, CheckpointCommand command) {
        int luck = faults ? random.nextInt(100) : 100;
        if (luck < 5 && command instanceof CheckpointCommand.StoreManifest store) {
            long checkpoint = store.pointer().checkpoint();
            fail(new CheckpointEvent.ManifestFailed(store.job(), checkpoint, FakeDisk.PROBLEM, luck < 3));
        } else if (luck < 30 && command instanceof CheckpointCommand.ReadManifest read) {
            long checkpoint = read.pointer().checkpoint();
            fail(new CheckpointEvent.ManifestUnreadable(read.job(), checkpoint, FakeDisk.PROBLEM, false));
        } else if (luck < 20 && command instanceof CheckpointCommand.SweepFiles sweep) {
            fail(new CheckpointEvent.SweepFailed(sweep, FakeDisk.PROBLEM));
        } else if (luck < 20 && command instanceof CheckpointCommand.DeleteFiles delete) {
            fail(new CheckpointEvent.DeleteFailed(delete.job(), delete.place(), delete.names(), FakeDisk.PROBLEM));
        } else {
            disk.services().stores().execute(place, command);
        }
    }

    private void fail(CheckpointEvent event) {
        answers.add(new Event.OfCheckpoint(event));
    }
}
