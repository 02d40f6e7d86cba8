package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A task with incremental snapshots: each stands on the last checkpoint that the task knows to be complete, names some
 * of its parts and adds new ones. What it is told waits in a queue, so it knows things late.
 */
final class ModelTask {
    final SubtaskId id;
    final Deque<Runnable> mails = new ArrayDeque<>();
    /** What each snapshot consisted of, by checkpoint: the text of each part by its name, in order. */
    final TreeMap<Long, Map<EarlierPart, String>> given = new TreeMap<>();

    /** How many checkpoints were complete, as far as the task knew, when it gave each snapshot. */
    final Map<Long, Integer> knownAt = new HashMap<>();

    boolean ended;
    private final AgentFixture fixture;
    private final Random random;
    private Map<EarlierPart, String> base = Map.of();
    private long baseCheckpoint;
    private int known;
    private long lastBarrier;
    private int texts;

    ModelTask(SubtaskId id, AgentFixture fixture, Random random) {
        this.id = id;
        this.fixture = fixture;
        this.random = random;
    }

    /** Lets a barrier pass, unless a later one has. */
    void pass(Barrier barrier) {
        long checkpoint = barrier.checkpoint();
        if (ended || checkpoint <= lastBarrier) {
            return;
        }
        lastBarrier = checkpoint;
        List<EarlierPart> earlier = new ArrayList<>();
        Map<EarlierPart, String> all = new LinkedHashMap<>();
        if (!barrier.kind().isSavepoint()) {
            base.forEach((name, text) -> {
                if (random.nextInt(4) > 0) {
                    earlier.add(name);
                    all.put(name, text);
                }
            });
        }
        String[] added = new String[random.nextInt(4)];
        for (int i = 0; i < added.length; i++) {
            added[i] = id + " " + checkpoint + " " + texts++;
            all.put(new EarlierPart(0, checkpoint, i), added[i]);
        }
        given.put(checkpoint, all);
        knownAt.put(checkpoint, known);
        fixture.snapshot(id, checkpoint, earlier, added);
    }

    /** @param ordinal how many checkpoints were complete by then, savepoints aside */
    void completed(Barrier barrier, int ordinal) {
        Map<EarlierPart, String> complete = given.get(barrier.checkpoint());
        if (!barrier.kind().isSavepoint() && complete != null && barrier.checkpoint() > baseCheckpoint) {
            baseCheckpoint = barrier.checkpoint();
            base = complete;
            known = ordinal;
        }
    }
}
