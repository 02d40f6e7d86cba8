package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.jobmanager.control.contract.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The TaskManagers of a world with their streams: each is reached while it is connected, and loses what was under way.
 */
final class ModelCluster {
    private static final JobId JOB = CheckpointWorld.JOB;

    private final Random random;
    private final ModelStorage storage;
    private final List<ModelTasks> taskManagers = new ArrayList<>();

    /** No later leader knows where they were to be: what is left of them is for their users to delete. */
    private final Set<Long> formerSavepoints = new TreeSet<>();

    private final Set<Long> triggeredSavepoints = new TreeSet<>();
    private long incarnations;

    ModelCluster(Random random, ModelStorage storage, int size) {
        this.random = random;
        this.storage = storage;
        for (int i = 0; i < size; i++) {
            taskManagers.add(newTaskManager(i, 1));
        }
    }

    List<ModelTasks> all() {
        return taskManagers;
    }

    /** A new run; its tasks may build on what they were restored from. */
    void restart(int run, Optional<CompletedCheckpoint> latest) {
        boolean own = latest.filter(from -> from.pointer().kind() == CheckpointKind.CHECKPOINT)
                .isPresent();
        for (ModelTasks taskManager : taskManagers) {
            int index = taskManager.subtask().index();
            List<SegmentFile> base =
                    own && random.nextBoolean() ? ModelTasks.filesOf(latest.orElseThrow(), index) : List.of();
            taskManager.restart(new SubtaskId(JOB, run, 0, index, 0), base);
        }
    }

    /** Everybody hears all there is and makes progress. */
    void hearAndWork() {
        for (ModelTasks taskManager : taskManagers) {
            while (!taskManager.incoming.isEmpty()) {
                taskManager.hear();
            }
            taskManager.work();
            taskManager.work();
        }
    }

    /** Another leader: all streams break. */
    void leaderGone() {
        formerSavepoints.addAll(triggeredSavepoints);
        triggeredSavepoints.clear();
        taskManagers.forEach(this::disconnect);
    }

    /** Whether an object is of a savepoint that a former leader was taking when it ended. */
    boolean isOfFormerSavepoint(String key) {
        return formerSavepoints.stream().anyMatch(id -> key.startsWith("savepoints " + id + "/"));
    }

    ModelTasks any() {
        return taskManagers.get(random.nextInt(taskManagers.size()));
    }

    /** The unfinished tasks by TaskManager. */
    Map<PeerAddress, List<SubtaskId>> tasks() {
        Map<PeerAddress, List<SubtaskId>> tasks = new LinkedHashMap<>();
        for (ModelTasks taskManager : taskManagers) {
            if (!taskManager.finished) {
                tasks.put(taskManager.address, List.of(taskManager.subtask()));
            }
        }
        return tasks;
    }

    /** The process ends; another one comes up under its name. */
    void kill(ModelTasks taskManager) {
        int index = taskManagers.indexOf(taskManager);
        taskManager.kill();
        taskManagers.set(index, newTaskManager(index, taskManager.subtask().run()));
    }

    void disconnect(ModelTasks taskManager) {
        taskManager.connected = false;
        for (int drop = random.nextInt(taskManager.outgoing.size() + 1); drop > 0; drop--) {
            taskManager.outgoing.removeLast();
        }
        taskManager.incoming.clear();
    }

    Optional<Session> sessionOf(PeerAddress address) {
        return taskManagers.stream()
                .filter(taskManager -> taskManager.address.equals(address) && taskManager.connected)
                .findFirst()
                .map(taskManager -> new Stream(taskManager, triggeredSavepoints));
    }

    private record Stream(ModelTasks taskManager, Set<Long> savepoints) implements Session {
        @Override
        public void send(ToTaskManager message) {
            taskManager.incoming.add(message);
            if (message instanceof ToTaskManager.TriggerCheckpoint trigger
                    && trigger.kind().isSavepoint()) {
                savepoints.add(trigger.checkpoint());
            }
        }

        @Override
        public void close() {}

        @Override
        public void handled() {}
    }

    private ModelTasks newTaskManager(int index, int run) {
        PeerAddress address = new PeerAddress(new TaskManagerId("tm" + index), new Incarnation(++incarnations), "h", 1);
        return new ModelTasks(address, new SubtaskId(JOB, run, 0, index, 0), random, storage);
    }
}
