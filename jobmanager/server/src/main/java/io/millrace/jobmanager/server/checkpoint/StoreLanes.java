package io.millrace.jobmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.concurrent.ThreadHost;
import io.millrace.common.core.time.Clock;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.CheckpointStores;
import io.millrace.jobmanager.control.contract.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Some threads for the I/O of checkpoints; all commands of one job go to the same. */
public final class StoreLanes implements CheckpointStores, AutoCloseable {
    private static final int LANES = 4;

    private final List<StoreLane> lanes = new ArrayList<>();
    private final List<ThreadHost> hosts = new ArrayList<>();

    /**
     * Starts the threads.
     *
     * @param control where answers go
     * @param onFailure told of a lane that died, which is a bug
     */
    public StoreLanes(
            CheckpointStorages storages, Clock clock, Mailbox<Event> control, BiConsumer<Agent, Throwable> onFailure) {
        for (int i = 0; i < LANES; i++) {
            Signal signal = new Signal();
            StoreLane lane = new StoreLane(i, storages, clock, signal, control);
            lanes.add(lane);
            hosts.add(new ThreadHost("millrace-" + lane.name(), List.of(lane), signal, clock, onFailure).start());
        }
    }

    @Override
    public void execute(String jobPlace, CheckpointCommand command) {
        lanes.get(Math.floorMod(command.job().hashCode(), LANES)).execute(jobPlace, command);
    }

    /** Ends the threads after what they are doing; what waits is left, and asked for again by the next leader. */
    @Override
    public void close() {
        hosts.forEach(ThreadHost::close);
    }
}
