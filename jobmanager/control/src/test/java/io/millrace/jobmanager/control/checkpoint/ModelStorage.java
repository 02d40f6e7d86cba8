package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointCommand.DeleteFiles;
import io.millrace.jobmanager.control.contract.CheckpointCommand.RecordCompleted;
import io.millrace.jobmanager.control.contract.CheckpointCommand.StoreManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand.SweepFiles;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Objects by name and a metadata log, both durable, and the worker that carries out what a coordinator asks for. When
 * there are faults a command may fail with or without effect, or take effect after its outcome was reported unknown.
 * Checks at every step what must never be: a pointer to what is not there (I3), a number used twice or out of order
 * (I4), a deletion of what is reachable (I5).
 */
final class ModelStorage {
    private static final Problem PROBLEM = new Problem("STORAGE_FAILED", "failed", "model", "", "wait");

    private final Random random;

    /** Place, a space, name. */
    private final Set<String> objects = new TreeSet<>();

    private final Map<String, CheckpointManifest> manifests = new HashMap<>();

    /** What the log says is kept: the job's checkpoints by number, and all savepoints. */
    final TreeMap<Long, CheckpointPointer> retained = new TreeMap<>();

    final TreeMap<Long, CheckpointPointer> savepoints = new TreeMap<>();
    private final Set<Long> everRecorded = new HashSet<>();

    private final Set<String> reachable = new HashSet<>();

    /** Puts that are under way with nobody waiting for them, by the time at which they come about. */
    private final TreeMap<Long, List<Runnable>> landings = new TreeMap<>();

    boolean faults = true;
    boolean outage;
    long nowMs;
    int completed;
    final Map<String, Integer> seen = new TreeMap<>();

    ModelStorage(Random random) {
        this.random = random;
    }

    void put(String place, SegmentFile file) {
        require(objects.add(key(place, file.name())), "a second file " + file.name());
    }

    /** A put that ends unseen within three seconds. */
    void putLate(String place, SegmentFile file) {
        late(() -> put(place, file));
    }

    void passTo(long newNowMs) {
        nowMs = newNowMs;
        while (!landings.isEmpty() && landings.firstKey() <= nowMs) {
            landings.pollFirstEntry().getValue().forEach(Runnable::run);
        }
    }

    boolean isStill() {
        return landings.isEmpty();
    }

    /** Every object that nothing complete names. */
    Set<String> unreachable() {
        Set<String> rest = new TreeSet<>(objects);
        rest.removeAll(reachable);
        return rest;
    }

    Set<String> missing() {
        Set<String> rest = new TreeSet<>(reachable);
        rest.removeAll(objects);
        return rest;
    }

    /** From which a job must recover; 0 for the beginning. */
    long newestThatCommitted() {
        long checkpoint = retained.isEmpty() ? 0 : retained.lastKey();
        return savepoints.values().stream()
                .filter(pointer -> pointer.kind().commits())
                .mapToLong(CheckpointPointer::checkpoint)
                .reduce(checkpoint, Math::max);
    }

    /** What a new leader reads. */
    List<CompletedCheckpoint> recover() {
        List<CompletedCheckpoint> recovered = new ArrayList<>();
        for (TreeMap<Long, CheckpointPointer> kept : List.of(retained, savepoints)) {
            kept.values().forEach(pointer -> recovered.add(new CompletedCheckpoint(pointer, manifestOf(pointer))));
        }
        return recovered;
    }

    /** Carries a command out; the answer tells the truth, but not always all of it. */
    CheckpointEvent carryOut(CheckpointCommand command) {
        if (command instanceof StoreManifest store) {
            return store(store);
        } else if (command instanceof RecordCompleted complete) {
            return complete(complete);
        } else if (command instanceof DeleteFiles delete) {
            return delete(delete);
        }
        return sweep((SweepFiles) command);
    }

    private CheckpointEvent store(StoreManifest command) {
        long id = command.pointer().checkpoint();
        int luck = luck();
        if (luck < 10) {
            return note("manifest refused", new CheckpointEvent.ManifestFailed(command.job(), id, PROBLEM, true));
        } else if (luck < 20) {
            return note("manifest unknown", new CheckpointEvent.ManifestFailed(command.job(), id, PROBLEM, false));
        } else if (luck < 25) {
            // What is under way without an answer was read before it was sent: only the manifest comes late.
            copyNow(command);
            late(() -> storeManifestNow(command));
            return note("manifest late", new CheckpointEvent.ManifestFailed(command.job(), id, PROBLEM, false));
        }
        storeNow(command);
        return luck < 35
                ? note("manifest unseen", new CheckpointEvent.ManifestFailed(command.job(), id, PROBLEM, false))
                : new CheckpointEvent.ManifestStored(command.job(), id);
    }

    private void storeNow(StoreManifest command) {
        copyNow(command);
        storeManifestNow(command);
    }

    private void copyNow(StoreManifest command) {
        for (FileCopy copy : command.copies()) {
            copy.parts()
                    .forEach(
                            part -> require(objects.contains(key("", part.from().name())), "copied: " + part));
            objects.add(key(command.pointer().place(), copy.file().name()));
        }
    }

    private void storeManifestNow(StoreManifest command) {
        String name = key(
                command.pointer().place(),
                CheckpointFileName.manifest(command.pointer().checkpoint()));
        CheckpointManifest other = manifests.putIfAbsent(name, command.manifest());
        require(other == null || other.equals(command.manifest()), "another manifest " + name);
        objects.add(name);
    }

    private CheckpointEvent complete(RecordCompleted command) {
        long id = command.pointer().checkpoint();
        int luck = luck();
        if (luck < 8) {
            boolean known = !everRecorded.contains(id) && random.nextBoolean();
            return note("pointer failed", new CheckpointEvent.PointerFailed(command.job(), id, PROBLEM, known));
        }
        record(command);
        return luck < 16
                ? note("pointer unseen", new CheckpointEvent.PointerFailed(command.job(), id, PROBLEM, false))
                : new CheckpointEvent.PointerRecorded(command.job(), id);
    }

    private void record(RecordCompleted command) {
        CheckpointPointer pointer = command.pointer();
        if (!everRecorded.add(pointer.checkpoint())) {
            return;
        }
        completed++;
        note(pointer.kind().toString(), pointer);
        require(
                retained.isEmpty()
                        || retained.lastKey() < pointer.checkpoint()
                        || pointer.kind().isSavepoint(),
                "order");
        (pointer.kind().isSavepoint() ? savepoints : retained).put(pointer.checkpoint(), pointer);
        command.subsumed().forEach(id -> require(retained.remove(id) != null, "not retained: " + id));
        require(pointer.kind().isSavepoint() || retained.containsKey(pointer.checkpoint()), "subsumed by itself");
        reachable.clear();
        for (TreeMap<Long, CheckpointPointer> kept : List.of(retained, savepoints)) {
            for (CheckpointPointer each : kept.values()) {
                reachable.add(key(each.place(), CheckpointFileName.manifest(each.checkpoint())));
                manifestOf(each).files().forEach(file -> reachable.add(key(each.place(), file.name())));
            }
        }
        require(objects.containsAll(reachable), "incomplete: " + pointer + " without " + missing());
    }

    private CheckpointEvent delete(DeleteFiles command) {
        boolean fails = luck() < 20;
        for (String name : command.names()) {
            if (!fails || random.nextBoolean()) {
                deleteNow(key(command.place(), name));
            }
        }
        return fails
                ? note(
                        "delete failed",
                        new CheckpointEvent.DeleteFailed(command.job(), command.place(), command.names(), PROBLEM))
                : new CheckpointEvent.FilesDeleted(command.job(), command.place(), command.names());
    }

    private CheckpointEvent sweep(SweepFiles command) {
        boolean fails = luck() < 20;
        for (String object : List.copyOf(objects)) {
            String[] parts = object.split(" ", 2);
            if (!parts[0].equals(command.place()) || (fails && random.nextBoolean())) {
                continue;
            }
            long writtenFor = Long.parseLong(parts[1].substring(0, parts[1].indexOf('/')));
            boolean meant =
                    writtenFor < command.before() || command.checkpoints().contains(writtenFor);
            if (meant && !command.keep().contains(parts[1])) {
                note("swept", object);
                deleteNow(object);
            }
        }
        return fails
                ? note("sweep failed", new CheckpointEvent.SweepFailed(command, PROBLEM))
                : new CheckpointEvent.Swept(command);
    }

    private void deleteNow(String key) {
        require(!reachable.contains(key), "deleted although it is needed: " + key);
        objects.remove(key);
    }

    CheckpointManifest manifestOf(CheckpointPointer pointer) {
        CheckpointManifest manifest =
                manifests.get(key(pointer.place(), CheckpointFileName.manifest(pointer.checkpoint())));
        require(manifest != null, "no manifest of " + pointer);
        require(pointer.kind().isSavepoint() == (pointer.kind() != CheckpointKind.CHECKPOINT), "kind");
        return java.util.Objects.requireNonNull(manifest);
    }

    boolean isRecorded(long checkpoint) {
        return everRecorded.contains(checkpoint);
    }

    private void late(Runnable landing) {
        landings.computeIfAbsent(nowMs + 1 + random.nextInt(3_000), key -> new ArrayList<>())
                .add(landing);
    }

    /** Of a hundred; below 35 something goes wrong. */
    private int luck() {
        return !faults ? 100 : outage ? random.nextInt(35) : random.nextInt(200);
    }

    private <T> T note(String what, T value) {
        seen.merge(what, 1, Integer::sum);
        return value;
    }

    private static String key(String place, String name) {
        return place + " " + name;
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
