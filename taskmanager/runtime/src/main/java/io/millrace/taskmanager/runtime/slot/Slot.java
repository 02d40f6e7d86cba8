package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.task.Chain;
import io.millrace.taskmanager.runtime.task.ChainBuilder;
import io.millrace.taskmanager.runtime.task.SubtaskNames;
import io.millrace.taskmanager.runtime.task.Task;
import io.millrace.taskmanager.runtime.task.TaskFailure;
import io.millrace.taskmanager.runtime.task.TaskListener;
import io.millrace.taskmanager.runtime.task.TaskServices;
import io.millrace.taskmanager.runtime.task.TaskState;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A slot: the tasks that share one thread, stepped one after another. Whatever they own is touched by that thread
 * alone; everybody else posts mails and reads published statistics. What is open in an output goes out as soon as the
 * slot has nothing else to do, and after a millisecond at the latest.
 */
public final class Slot implements Agent, TaskListener {
    private static final int MAILS = 4_096;
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final Signal signal;
    private final TaskServices services;
    private final TaskListener listener;
    private final Mailbox<SlotMail> mailbox;
    private final Published<List<Occupant>> published = new Published<>(List.of());
    private final Shared<Map<SubtaskId, PendingCancel>> cancels = new Shared<>(Map.of());
    private final StepGuard guard = new StepGuard();

    private final ArrayDeque<SlotMail> mails = new ArrayDeque<>();
    private final List<Occupant> occupants = new ArrayList<>();
    private boolean changed;
    private long flushedNanos;

    /**
     * @param name for threads and logs
     * @param signal wakes the host of this slot
     * @param listener told what becomes of the tasks, on the slot's thread
     */
    public Slot(String name, Signal signal, TaskServices services, TaskListener listener) {
        this.name = name;
        this.signal = signal;
        this.services = services;
        this.listener = listener;
        this.mailbox = new Mailbox<>(name, MAILS, signal);
        this.flushedNanos = services.clock().nanoTime();
    }

    @Override
    public String name() {
        return name;
    }

    /** Any thread: builds a task, on a worker. @return false if the slot's mailbox is full */
    public boolean deploy(SubtaskDeployment deployment, JobCode code) {
        return mailbox.post(new SlotMail.Deploy(deployment, code));
    }

    /** Any thread: begins a task that is deployed. @return false if the slot's mailbox is full */
    public boolean start(SubtaskId task) {
        return mailbox.post(new SlotMail.Start(task));
    }

    /**
     * Any thread: ends a task, whatever it is doing; without effect on one that has ended. @return false if the mailbox
     * is full
     */
    public boolean cancel(SubtaskId task) {
        PendingCancel cancel = new PendingCancel(task, services.clock().nanoTime());
        cancels.change(pending -> {
            if (pending.containsKey(task)) {
                return null;
            }
            Map<SubtaskId, PendingCancel> more = new HashMap<>(pending);
            more.put(task, cancel);
            return more;
        });
        return mailbox.post(new SlotMail.Cancel(task));
    }

    private void cancelIsComplete(SubtaskId task) {
        cancels.change(pending -> {
            if (!pending.containsKey(task)) {
                return null;
            }
            Map<SubtaskId, PendingCancel> less = new HashMap<>(pending);
            less.remove(task);
            return less;
        });
    }

    /** Any thread: cancellations that were asked for and are not complete. */
    Collection<PendingCancel> pendingCancels() {
        return cancels.read().values();
    }

    /**
     * Any thread: interrupts {@code thread}, the slot's, if it is in user code of {@code task}. @return whether it was
     */
    boolean interrupt(SubtaskId task, Thread thread) {
        for (Occupant occupant : published.read()) {
            if (occupant.task().id().equals(task)) {
                return guard.interrupt(occupant.seat(), thread);
            }
        }
        return false;
    }

    /** Any thread: what the tasks of this slot did so far. */
    public List<TaskStatistics> statistics() {
        return published.read().stream()
                .map(occupant -> occupant.task().statistics())
                .toList();
    }

    @Override
    public int step(long nowNanos) {
        int work = takeMails(nowNanos);
        long now = nowNanos;
        for (int i = 0; i < occupants.size(); i++) {
            Occupant occupant = occupants.get(i);
            guard.enter(occupant.seat());
            int done = occupant.task().step(now);
            guard.exit(occupant.seat());
            if (done > 0) {
                long after = services.clock().nanoTime();
                occupant.task().addBusy(after - now);
                now = after;
                work += done;
            }
        }
        if (work == 0 || now - flushedNanos >= FLUSH_NANOS) {
            flushedNanos = now;
            work += flush();
        }
        publishOccupants();
        return work;
    }

    private int takeMails(long nowNanos) {
        receive();
        int taken = mails.size();
        for (int i = 0; i < taken; i++) {
            take(mails.remove(), nowNanos);
        }
        return taken;
    }

    private void receive() {
        SlotMail mail;
        while ((mail = mailbox.poll()) != null) {
            mails.add(mail);
        }
    }

    private void take(SlotMail mail, long nowNanos) {
        if (mail instanceof SlotMail.Deploy deploy) {
            deploy(deploy);
        } else if (mail instanceof SlotMail.Built built) {
            withTask(built.task(), task -> task.deployed(built.chain()));
        } else if (mail instanceof SlotMail.NotBuilt failed) {
            withTask(failed.task(), task -> task.notDeployed(failed.failure()));
        } else if (mail instanceof SlotMail.Start start) {
            withTask(start.task(), task -> task.start(nowNanos));
        } else if (mail instanceof SlotMail.Cancel cancel) {
            if (!withTask(cancel.task(), Task::cancel)) {
                cancelIsComplete(cancel.task());
            }
        }
    }

    /** Lets a task that has not ended do something that may run user code. @return false if there is none */
    private boolean withTask(SubtaskId id, Consumer<Task> action) {
        for (Occupant occupant : occupants) {
            if (occupant.task().id().equals(id) && !occupant.task().state().isTerminal()) {
                guard.enter(occupant.seat());
                action.accept(occupant.task());
                guard.exit(occupant.seat());
                return true;
            }
        }
        return false;
    }

    /** Opening channels and loading classes may take long, so it is not for the slot's thread. */
    private void deploy(SlotMail.Deploy mail) {
        SubtaskId id = mail.deployment().id();
        String taskName = SubtaskNames.of(mail.deployment());
        occupants.add(new Occupant(new Task(id, taskName, this), new StepGuard.Seat()));
        changed = true;
        publishOccupants();
        services.workers().run("deploy " + taskName, () -> {
            try {
                Chain chain = new ChainBuilder(mail.deployment(), mail.code(), services, signal).build();
                if (!mailbox.post(new SlotMail.Built(id, chain))) {
                    chain.discard();
                }
            } catch (Throwable failure) {
                mailbox.post(new SlotMail.NotBuilt(id, failure));
            }
        });
    }

    private int flush() {
        int flushed = 0;
        for (int i = 0; i < occupants.size(); i++) {
            flushed += occupants.get(i).task().flush() ? 1 : 0;
        }
        return flushed;
    }

    private void publishOccupants() {
        if (changed) {
            changed = false;
            occupants.removeIf(occupant -> occupant.task().state().isTerminal());
            published.publish(List.copyOf(occupants));
        }
    }

    @Override
    public long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < occupants.size(); i++) {
            next = Math.min(next, occupants.get(i).task().nextDeadlineNanos());
        }
        return next;
    }

    /** Cancels what is left: the process ends. */
    @Override
    public void onClose() {
        receive();
        mails.clear();
        occupants.forEach(occupant -> occupant.task().cancel());
        publishOccupants();
    }

    @Override
    public void onState(SubtaskId task, TaskState state, TaskStatistics statistics) {
        if (state.isTerminal()) {
            changed = true;
            cancelIsComplete(task);
        }
        listener.onState(task, state, statistics);
    }

    /**
     * A task that fails while its cancellation is under way, for instance because it was interrupted, counts as
     * cancelled.
     */
    @Override
    public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics) {
        changed = true;
        boolean cancelled = cancels.read().containsKey(task);
        cancelIsComplete(task);
        if (cancelled) {
            listener.onState(task, TaskState.CANCELED, statistics);
        } else {
            listener.onFailed(task, failure, statistics);
        }
    }
}
