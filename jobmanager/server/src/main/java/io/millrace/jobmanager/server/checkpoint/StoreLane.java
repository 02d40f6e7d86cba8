package io.millrace.jobmanager.server.checkpoint;

import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Waker;
import io.millrace.common.core.time.Clock;
import io.millrace.jobmanager.control.contract.CheckpointCommand;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.server.mail.PatientPoster;

/**
 * Carries out the commands of some jobs on a thread of its own, whose steps block for as long as a storage takes. So
 * the commands of one job keep their order.
 */
final class StoreLane implements Agent {
    private static final int MAILBOX_STEP = 256;
    private static final int CAPACITY = 1 << 20;

    private final String name;
    private final Mailbox<Work> work;
    private final OpenStorages storages;
    private final StoreWork store;
    private final PatientPoster answers;

    private record Work(String jobPlace, CheckpointCommand command) {}

    StoreLane(int number, CheckpointStorages storages, Clock clock, Waker waker, Mailbox<Event> control) {
        this.name = "checkpoint-store-" + number;
        this.work = Mailbox.growing(name, MAILBOX_STEP, CAPACITY, waker);
        this.storages = new OpenStorages(storages);
        this.store = new StoreWork(this.storages, clock);
        this.answers = new PatientPoster(control);
    }

    /** Called by the control agent's thread. */
    void execute(String jobPlace, CheckpointCommand command) {
        if (!work.post(new Work(jobPlace, command))) {
            throw new IllegalStateException("Invariant broken: " + name + " is " + CAPACITY + " commands behind");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int step(long nowNanos) {
        int done = answers.post();
        Work next = work.poll();
        if (next != null) {
            answers.add(new Event.OfCheckpoint(store.carryOut(next.jobPlace(), next.command())));
            answers.post();
            done++;
        }
        return done;
    }

    @Override
    public void onClose() {
        storages.close();
    }
}
