package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One TaskManager with one subtask, as far as checkpoints go: builds on the last checkpoint that it knows to be
 * complete, writes a file for each trigger, and answers each once, again when it is asked again.
 */
final class ModelTasks {
    private static final Problem PROBLEM = new Problem("STORAGE_FULL", "no room", "", "", "");

    final PeerAddress address;
    final Deque<FromTaskManager> outgoing = new ArrayDeque<>();
    final Deque<ToTaskManager> incoming = new ArrayDeque<>();
    boolean connected = true;
    boolean finished;

    private final Random random;
    private final ModelStorage storage;
    private final TreeMap<Long, FromTaskManager> answers = new TreeMap<>();
    private final TreeMap<Long, TriggerCheckpoint> uploading = new TreeMap<>();
    private final Set<Long> savepoints = new HashSet<>();
    private SubtaskId subtask;
    private long lastTriggered;
    private long knownComplete;
    private List<SegmentFile> base = List.of();

    ModelTasks(PeerAddress address, SubtaskId subtask, Random random, ModelStorage storage) {
        this.address = address;
        this.subtask = subtask;
        this.random = random;
        this.storage = storage;
    }

    SubtaskId subtask() {
        return subtask;
    }

    /**
     * The tasks are ended; what was being written is written all the same, or not. A new run begins from a checkpoint.
     */
    void restart(SubtaskId next, List<SegmentFile> restored) {
        uploading.values().forEach(trigger -> {
            if (random.nextBoolean()) {
                storage.putLate(placeOf(trigger), file(trigger.checkpoint()));
            }
        });
        uploading.clear();
        answers.clear();
        subtask = next;
        finished = false;
        knownComplete = 0;
        base = restored;
    }

    /** The process ends. */
    void kill() {
        restart(subtask, List.of());
        outgoing.clear();
        incoming.clear();
    }

    void hear() {
        ToTaskManager message = incoming.poll();
        if (message instanceof TriggerCheckpoint trigger) {
            onTrigger(trigger);
        } else if (message instanceof ToTaskManager.CheckpointCompleted complete) {
            ModelStorage.require(storage.isRecorded(complete.checkpoint()), "told too early: " + complete);
            if (complete.run() == subtask.run()) {
                onCompleted(complete.checkpoint());
            }
        } else if (message instanceof ToTaskManager.CheckpointAborted aborted) {
            ModelStorage.require(!storage.isRecorded(aborted.checkpoint()), "aborted though complete: " + aborted);
            answers.remove(aborted.checkpoint());
        }
    }

    private void onTrigger(TriggerCheckpoint trigger) {
        if (trigger.run() != subtask.run()) {
            return;
        }
        FromTaskManager known = answers.get(trigger.checkpoint());
        if (known != null) {
            send(known);
        } else if (!uploading.containsKey(trigger.checkpoint())) {
            ModelStorage.require(trigger.checkpoint() > lastTriggered, "number used twice: " + trigger);
            lastTriggered = trigger.checkpoint();
            uploading.put(trigger.checkpoint(), trigger);
            if (trigger.kind().isSavepoint()) {
                savepoints.add(trigger.checkpoint());
            }
        }
    }

    private void onCompleted(long checkpoint) {
        FromTaskManager answer = answers.remove(checkpoint);
        if (answer instanceof CheckpointAcknowledged ack && checkpoint > knownComplete) {
            if (!savepoints.contains(checkpoint)) {
                knownComplete = checkpoint;
                base = ack.files();
                answers.headMap(checkpoint).keySet().removeIf(id -> !savepoints.contains(id));
            }
        }
    }

    /** One snapshot comes to its end. */
    void work() {
        if (uploading.isEmpty()) {
            return;
        }
        List<Long> ids = new ArrayList<>(uploading.keySet());
        TriggerCheckpoint trigger = uploading.remove(ids.get(random.nextInt(ids.size())));
        int luck = !storage.faults ? 100 : storage.outage ? random.nextInt(10) : random.nextInt(100);
        if (finished) {
            answer(new CheckpointAcknowledged(
                    trigger.job(), trigger.run(), trigger.checkpoint(), List.of(), List.of(), List.of()));
        } else if (luck < 10) {
            if (luck < 3) {
                storage.putLate(placeOf(trigger), file(trigger.checkpoint()));
            }
            answer(new CheckpointDeclined(trigger.job(), trigger.run(), trigger.checkpoint(), subtask, PROBLEM));
        } else {
            storage.put(placeOf(trigger), file(trigger.checkpoint()));
            answer(acknowledgement(trigger));
        }
    }

    private void answer(FromTaskManager message) {
        long checkpoint = message instanceof CheckpointAcknowledged ack
                ? ack.checkpoint()
                : ((CheckpointDeclined) message).checkpoint();
        answers.put(checkpoint, message);
        send(message);
    }

    private void send(FromTaskManager message) {
        if (connected) {
            outgoing.add(message);
        }
    }

    private CheckpointAcknowledged acknowledgement(TriggerCheckpoint trigger) {
        List<SegmentFile> files = new ArrayList<>();
        boolean full = trigger.kind().isSavepoint() || base.size() > 3 || random.nextInt(4) == 0;
        if (!full) {
            files.addAll(base);
        }
        files.add(file(trigger.checkpoint()));
        List<StatePart> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            PartKind kind = i == 0 ? PartKind.KEYED_BASE : PartKind.KEYED_DELTA;
            parts.add(new StatePart(kind, "s", 0, 64, i, 44, 50, 1));
        }
        return new CheckpointAcknowledged(
                trigger.job(),
                trigger.run(),
                trigger.checkpoint(),
                files,
                List.of(new OperatorSchemas(0, List.of(new StateSchema("s", OpaqueBytes.EMPTY)))),
                List.of(new SubtaskAcknowledgement(
                        subtask, List.of(new OperatorParts(0, parts)), new SnapshotCost(100, 50, 1, 1, 1))));
    }

    private SegmentFile file(long checkpoint) {
        return new SegmentFile(CheckpointFileName.segment(checkpoint, address.incarnation(), 0), 100, checkpoint);
    }

    static String placeOf(TriggerCheckpoint trigger) {
        return trigger.kind().isSavepoint() ? "savepoints" : "";
    }

    /** The files in which a checkpoint has parts of a subtask. */
    static List<SegmentFile> filesOf(CompletedCheckpoint checkpoint, int index) {
        List<SegmentFile> files = new ArrayList<>();
        for (OperatorSnapshot operator : checkpoint.manifest().operators()) {
            for (SubtaskSnapshot subtask : operator.subtasks()) {
                for (StatePart part : subtask.index() == index ? subtask.parts() : List.<StatePart>of()) {
                    files.add(checkpoint.manifest().files().get(part.file()));
                }
            }
        }
        return files;
    }
}
