package io.millrace.jobmanager.control;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointEvent;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A metadata log and a storage that answer at once, unless they are told to be held up or to fail. What is written
 * outlives the control plane, as on a disk.
 */
final class FakeDisk {
    static final Problem PROBLEM = new Problem("STORAGE_FAILED", "it failed", "disk", "", "wait");

    /** What the log holds. */
    final List<LogEntry> entries = new ArrayList<>();

    /** Manifests by place, a slash, name. */
    final Map<String, CheckpointManifest> manifests = new TreeMap<>();

    /** Segment files by place, a slash, name. */
    final Set<String> segments = new TreeSet<>();

    final List<CheckpointCommand> commands = new ArrayList<>();

    /** Answers wait in {@link #held} while this is set. */
    boolean holdLog;

    boolean holdStorage;

    /** The next reads end in this. */
    CheckpointEvent.@Nullable ManifestUnreadable unreadable;

    /** The next entries fail, and are certainly not there. */
    boolean logFails;

    private final Deque<Event> held = new ArrayDeque<>();
    private final Consumer<Event> control;
    private long nonces;

    FakeDisk(Consumer<Event> control) {
        this.control = control;
    }

    ControlServices services() {
        return new ControlServices(this::append, this::execute, () -> ++nonces, "/checkpoints");
    }

    /** Lets everything that waits be answered. */
    void release() {
        holdLog = false;
        holdStorage = false;
        while (!held.isEmpty()) {
            control.accept(held.remove());
        }
    }

    <T extends LogEntry> List<T> entries(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends CheckpointCommand> List<T> commands(Class<T> kind) {
        return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void append(LogEntry entry) {
        if (logFails) {
            answer(new Event.AppendFailed(entry, PROBLEM, true), holdLog);
        } else {
            entries.add(entry);
            answer(new Event.Appended(entry), holdLog);
        }
    }

    private void execute(String place, CheckpointCommand command) {
        commands.add(command);
        answer(new Event.OfCheckpoint(carryOut(place, command)), holdStorage);
    }

    private CheckpointEvent carryOut(String place, CheckpointCommand command) {
        if (command instanceof CheckpointCommand.StoreManifest store) {
            manifests.put(
                    nameOf(placeOf(place, store.pointer()), store.pointer().checkpoint()), store.manifest());
            return new CheckpointEvent.ManifestStored(
                    store.job(), store.pointer().checkpoint());
        } else if (command instanceof CheckpointCommand.ReadManifest read) {
            CheckpointManifest manifest = manifests.get(
                    nameOf(placeOf(place, read.pointer()), read.pointer().checkpoint()));
            if (unreadable != null || manifest == null) {
                return unreadable != null
                        ? unreadable
                        : new CheckpointEvent.ManifestUnreadable(
                                read.job(), read.pointer().checkpoint(), PROBLEM, true);
            }
            return new CheckpointEvent.ManifestRead(read.job(), manifest);
        } else if (command instanceof CheckpointCommand.ReadOrigin read) {
            String path = read.path().toString();
            CheckpointManifest manifest = manifests.get(path + "/manifest");
            return manifest == null
                    ? new CheckpointEvent.OriginUnreadable(read.job(), PROBLEM)
                    : new CheckpointEvent.OriginRead(read.job(), path.substring(0, path.lastIndexOf('/')), manifest);
        } else if (command instanceof CheckpointCommand.DeleteFiles delete) {
            delete.names().forEach(name -> {
                manifests.remove(place + "/" + name);
                segments.remove(place + "/" + name);
            });
            return new CheckpointEvent.FilesDeleted(delete.job(), delete.place(), delete.names());
        } else if (command instanceof CheckpointCommand.SweepFiles sweep) {
            manifests.keySet().removeIf(key -> isOrphan(place, key, sweep));
            segments.removeIf(key -> isOrphan(place, key, sweep));
            return new CheckpointEvent.Swept(sweep);
        }
        throw new AssertionError("not for a storage: " + command);
    }

    private void answer(Event event, boolean hold) {
        if (hold || !held.isEmpty()) {
            held.add(event);
        } else {
            control.accept(event);
        }
    }

    private static boolean isOrphan(String place, String key, CheckpointCommand.SweepFiles sweep) {
        if (!key.startsWith(place + "/") || sweep.keep().contains(key.substring(place.length() + 1))) {
            return false;
        }
        long checkpoint = numberOf(key);
        return checkpoint < sweep.before() || sweep.checkpoints().contains(checkpoint);
    }

    private static String placeOf(String place, CheckpointPointer pointer) {
        return pointer.place().isEmpty() ? place : pointer.place();
    }

    private static String nameOf(String place, long checkpoint) {
        return place + "/" + CheckpointFileName.manifest(checkpoint);
    }

    private static long numberOf(String key) {
        String[] words = key.split("/", -1);
        return Long.parseLong(words[words.length - 2]);
    }
}
