package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.common.graph.gateway.ToTaskManager.TriggerCheckpoint;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.server.checkpoint.CheckpointShare.Phase;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one run of one job, as far as this TaskManager takes part in them. The numbers of its triggers
 * rise, and so do those of the snapshots of each task.
 */
final class RunCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(RunCheckpoints.class);

    private final RunOfJob run;
    private final Barriers barriers;
    private final SegmentStore store;
    private final OpenStorages storages;
    private final Clock clock;
    private final Consumer<FromTaskManager> answers;

    private final Map<SubtaskId, ExecutionState> tasks = new LinkedHashMap<>();
    private final CheckpointShares shares = new CheckpointShares();
    /** Snapshots whose trigger has not come: the barrier of another process was faster. */
    private final TreeMap<Long, List<GivenSnapshot>> early = new TreeMap<>();

    private final PartLedger ledger = new PartLedger();
    private long lastTrigger;
    private @Nullable StorageLocation checkpointPlace;

    RunCheckpoints(
            RunOfJob run,
            Barriers barriers,
            SegmentStore store,
            OpenStorages storages,
            Clock clock,
            Consumer<FromTaskManager> answers) {
        this.run = run;
        this.barriers = barriers;
        this.store = store;
        this.storages = storages;
        this.clock = clock;
        this.answers = answers;
    }

    /** Whether no task is left and no answer is owed. */
    boolean isOver() {
        return tasks.isEmpty() && shares.areAnswered();
    }

    /** The places whose storages are needed: one for the checkpoints to come, others while something is stored. */
    Set<StorageLocation> places() {
        Set<StorageLocation> places = new HashSet<>();
        shares.in(Phase.OPENING).forEach(share -> places.add(share.place()));
        shares.in(Phase.WRITING).forEach(share -> places.add(share.place()));
        if (checkpointPlace != null) {
            places.add(checkpointPlace);
        }
        return places;
    }

    void onTaskState(SubtaskId task, ExecutionState state) {
        tasks.put(task, state);
        if (!state.isTerminal()) {
            return;
        }
        ledger.forget(task);
        for (CheckpointShare share : shares.in(Phase.COLLECTING)) {
            if (share.awaits(task) && state == ExecutionState.FINISHED) {
                share.leaveOut(task);
                proceed(share);
            } else if (share.awaits(task)) {
                decline(share, task, Declines.notRunning(state));
            }
        }
    }

    void onTaskForgotten(SubtaskId task) {
        tasks.remove(task);
    }

    void onTrigger(TriggerCheckpoint trigger) {
        Optional<CheckpointShare> known = shares.find(trigger.checkpoint());
        if (known.isPresent()) {
            known.map(CheckpointShare::answer).ifPresent(answers);
            return;
        }
        Optional<SubtaskId> first = tasks.keySet().stream().findFirst();
        if (first.isEmpty()) {
            return;
        }
        StorageLocation place;
        try {
            place = StorageLocation.parse(trigger.place());
        } catch (IllegalArgumentException e) {
            answers.accept(declined(trigger.checkpoint(), first.get(), Declines.noPlace(trigger.place(), e)));
            return;
        }
        if (trigger.checkpoint() <= lastTrigger) {
            answers.accept(declined(trigger.checkpoint(), first.get(), Declines.overtaken(lastTrigger)));
            return;
        }
        lastTrigger = trigger.checkpoint();
        // Triggers come in the order of their numbers: for these none will come.
        early.headMap(trigger.checkpoint()).clear();
        begin(new CheckpointShare(trigger, place));
    }

    private void begin(CheckpointShare share) {
        shares.add(share);
        if (!share.isSavepoint()) {
            checkpointPlace = share.place();
        }
        LOG.debug("{} checkpoint={} event=triggered tasks={}", run, share.checkpoint(), tasks.size());
        for (Map.Entry<SubtaskId, ExecutionState> task : tasks.entrySet()) {
            if (task.getValue() == ExecutionState.RUNNING) {
                share.await(task.getKey());
            } else if (task.getValue() != ExecutionState.FINISHED) {
                decline(share, task.getKey(), Declines.notRunning(task.getValue()));
                return;
            }
        }
        running().forEach(task -> barriers.announce(task, share.barrier()));
        List<GivenSnapshot> arrived = early.remove(share.checkpoint());
        if (arrived != null) {
            arrived.forEach(given -> join(share, given));
        }
        early.forEach((later, given) -> given.stream()
                .map(GivenSnapshot::task)
                .filter(share::awaits)
                .findFirst()
                .ifPresent(task -> decline(share, task, Declines.overtaken(later))));
        proceed(share);
    }

    void onSnapshot(SubtaskId task, TaskSnapshot snapshot) {
        for (CheckpointShare overtaken : shares.in(Phase.COLLECTING)) {
            if (overtaken.checkpoint() < snapshot.checkpoint() && overtaken.awaits(task)) {
                decline(overtaken, task, Declines.overtaken(snapshot.checkpoint()));
            }
        }
        CheckpointShare share = shares.find(snapshot.checkpoint()).orElse(null);
        if (share == null && snapshot.checkpoint() > lastTrigger) {
            early.computeIfAbsent(snapshot.checkpoint(), key -> new ArrayList<>())
                    .add(resolve(task, snapshot));
        } else if (share != null && share.awaits(task)) {
            join(share, resolve(task, snapshot));
            proceed(share);
        }
    }

    /** At once, while what it names is still kept. */
    private GivenSnapshot resolve(SubtaskId task, TaskSnapshot snapshot) {
        Map<EarlierPart, LocatedPart> earlier = new LinkedHashMap<>();
        for (EarlierPart name : snapshot.earlier()) {
            Optional<LocatedPart> found = ledger.find(task, name);
            if (found.isEmpty()) {
                return new GivenSnapshot(task, snapshot, Map.of(), name, clock.nanoTime());
            }
            earlier.put(name, found.get());
        }
        return new GivenSnapshot(task, snapshot, earlier, null, clock.nanoTime());
    }

    private void join(CheckpointShare share, GivenSnapshot given) {
        if (!share.isIn(Phase.COLLECTING)) {
            return;
        }
        if (given.unknown() != null) {
            decline(share, given.task(), Declines.baseForgotten(given.unknown()));
        } else {
            share.give(given);
        }
    }

    private void proceed(CheckpointShare share) {
        if (!share.isIn(Phase.COLLECTING) || !share.isCollected()) {
            return;
        }
        if (share.newParts().isEmpty()) {
            acknowledge(share, new WrittenParts(List.of(), List.of()));
        } else {
            share.become(Phase.OPENING);
            CheckpointStorage storage = storages.get(run.job(), share.place());
            if (storage != null) {
                write(share, storage);
            }
        }
        ledger.collectedBefore(shares.firstCollecting());
    }

    void onOpened(StorageLocation place, CheckpointStorage storage) {
        shares.in(Phase.OPENING).stream()
                .filter(share -> share.place().equals(place))
                .forEach(share -> write(share, storage));
    }

    void onNotOpened(StorageLocation place, Problem problem) {
        shares.in(Phase.OPENING).stream()
                .filter(share -> share.place().equals(place))
                .forEach(share -> decline(share, firstWriter(share), problem));
    }

    private void write(CheckpointShare share, CheckpointStorage storage) {
        share.become(Phase.WRITING);
        List<List<ByteBuffer>> parts = share.newParts();
        store.write(storage, new SegmentRequest(run, share.checkpoint(), parts));
    }

    void onWritten(long checkpoint, Outcome<WrittenParts> outcome) {
        CheckpointShare share = shares.find(checkpoint).orElse(null);
        if (share == null || !share.isIn(Phase.WRITING)) {
            return;
        }
        if (outcome instanceof Outcome.Success<WrittenParts> success) {
            acknowledge(share, success.value());
        } else if (outcome instanceof Outcome.Failure<WrittenParts> failure) {
            decline(share, firstWriter(share), failure.problem());
        }
    }

    private void acknowledge(CheckpointShare share, WrittenParts written) {
        Acknowledgement acknowledgement = new Acknowledgement(share.snapshots(), written, clock.nanoTime());
        if (!share.isSavepoint() && !share.isGivenUp()) {
            acknowledgement.located().forEach((task, parts) -> {
                if (tasks.get(task) == ExecutionState.RUNNING) {
                    ledger.add(task, share.checkpoint(), parts);
                }
            });
        }
        LOG.debug("{} checkpoint={} event=acknowledged files={}", run, share.checkpoint(), written.files());
        answer(share, acknowledgement.message(run, share.checkpoint()));
    }

    private void decline(CheckpointShare share, SubtaskId task, Problem problem) {
        LOG.info(
                "{} checkpoint={} event=declined code={} what=\"{}\"",
                run,
                share.checkpoint(),
                problem.code(),
                problem.what());
        answer(share, declined(share.checkpoint(), task, problem));
        ledger.collectedBefore(shares.firstCollecting());
    }

    private void answer(CheckpointShare share, FromTaskManager message) {
        share.answer(message);
        answers.accept(message);
        shares.dropSuperfluous();
    }

    void onCompleted(long checkpoint) {
        CheckpointShare share = shares.find(checkpoint).orElse(null);
        if (share == null || !(share.answer() instanceof FromTaskManager.CheckpointAcknowledged)) {
            LOG.warn("{} checkpoint={} event=completion-dropped reason=not-acknowledged-here", run, checkpoint);
            return;
        }
        if (share.isDecided()) {
            return;
        }
        share.complete();
        Barrier barrier = share.barrier();
        running().forEach(task -> barriers.completed(task, barrier));
        if (barrier.kind().commits()) {
            subsumeBefore(checkpoint);
        }
        if (!share.isSavepoint()) {
            ledger.completed(checkpoint, shares.lastCollecting());
        }
    }

    /** Undecided ones, savepoints aside, will never be complete; their answers are owed all the same. */
    private void subsumeBefore(long checkpoint) {
        for (CheckpointShare older : shares.undecidedBefore(checkpoint)) {
            giveUp(older, "Checkpoint " + checkpoint + " was complete first");
        }
        shares.dropDecidedBefore(checkpoint);
    }

    void onAborted(long checkpoint, String reason) {
        early.remove(checkpoint);
        running().forEach(task -> barriers.giveUp(task, checkpoint));
        CheckpointShare share = shares.find(checkpoint).orElse(null);
        if (share != null && !share.isDecided()) {
            giveUp(share, reason);
            shares.dropSuperfluous();
        }
    }

    /** What is being written is answered when it is written: only so are the files known that have to go. */
    private void giveUp(CheckpointShare share, String reason) {
        share.giveUp();
        ledger.forget(share.checkpoint());
        if (share.isIn(Phase.COLLECTING)) {
            decline(share, share.firstMissing(), Declines.aborted(reason));
        } else if (share.isIn(Phase.OPENING)) {
            decline(share, firstWriter(share), Declines.aborted(reason));
        }
    }

    /** See {@link CheckpointAgent#awaitedOf}. */
    long awaitedOf(SubtaskId task) {
        return shares.in(Phase.COLLECTING).stream()
                .filter(share -> share.awaits(task))
                .mapToLong(CheckpointShare::checkpoint)
                .findFirst()
                .orElse(0);
    }

    private List<SubtaskId> running() {
        return tasks.entrySet().stream()
                .filter(task -> task.getValue() == ExecutionState.RUNNING)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static SubtaskId firstWriter(CheckpointShare share) {
        return share.snapshots().stream()
                .filter(given -> !given.snapshot().parts().isEmpty())
                .findFirst()
                .orElseThrow()
                .task();
    }

    private CheckpointDeclined declined(long checkpoint, SubtaskId task, Problem problem) {
        return new CheckpointDeclined(run.job(), run.run(), checkpoint, task, problem);
    }

    int kept() {
        return shares.size() + early.size() + ledger.checkpoints().size();
    }
}
