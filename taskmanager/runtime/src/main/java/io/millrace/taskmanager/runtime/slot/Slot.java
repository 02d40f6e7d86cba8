package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Published;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    private final Published<List<Task>> published = new Published<>(List.of());

    private final ArrayDeque<SlotMail> mails = new ArrayDeque<>();
    private final List<Task> tasks = new ArrayList<>();
    private boolean tasksChanged;
    private long flushedNanos = Long.MIN_VALUE;

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
        return mailbox.post(new SlotMail.Cancel(task));
    }

    /** Any thread: what the tasks of this slot did so far. */
    public List<TaskStatistics> statistics() {
        return published.read().stream().map(Task::statistics).toList();
    }

    @Override
    public int step(long nowNanos) {
        int work = takeMails(nowNanos);
        long now = nowNanos;
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            int done = task.step(now);
            if (done > 0) {
                long after = services.clock().nanoTime();
                task.addBusy(after - now);
                now = after;
                work += done;
            }
        }
        if (work == 0 || now - flushedNanos >= FLUSH_NANOS) {
            flushedNanos = now;
            work += flush();
        }
        publishTasks();
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
            Task task = find(built.task());
            if (task != null) {
                task.deployed(built.chain());
            }
        } else if (mail instanceof SlotMail.NotBuilt failed) {
            Task task = find(failed.task());
            if (task != null) {
                task.notDeployed(failed.failure());
            }
        } else if (mail instanceof SlotMail.Start start) {
            Task task = find(start.task());
            if (task != null) {
                task.start(nowNanos);
            }
        } else if (mail instanceof SlotMail.Cancel cancel) {
            Task task = find(cancel.task());
            if (task != null) {
                task.cancel();
            }
        }
    }

    /** Opening channels and loading classes may take long, so it is not for the slot's thread. */
    private void deploy(SlotMail.Deploy mail) {
        SubtaskId id = mail.deployment().id();
        String taskName = SubtaskNames.of(mail.deployment());
        tasks.add(new Task(id, taskName, this));
        tasksChanged = true;
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

    private @Nullable Task find(SubtaskId id) {
        for (Task task : tasks) {
            if (task.id().equals(id) && !task.state().isTerminal()) {
                return task;
            }
        }
        return null;
    }

    private int flush() {
        int flushed = 0;
        for (int i = 0; i < tasks.size(); i++) {
            flushed += tasks.get(i).flush() ? 1 : 0;
        }
        return flushed;
    }

    private void publishTasks() {
        if (tasksChanged) {
            tasksChanged = false;
            tasks.removeIf(task -> task.state().isTerminal());
            published.publish(List.copyOf(tasks));
        }
    }

    @Override
    public long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < tasks.size(); i++) {
            next = Math.min(next, tasks.get(i).nextDeadlineNanos());
        }
        return next;
    }

    /** Cancels what is left: the process ends. */
    @Override
    public void onClose() {
        receive();
        mails.clear();
        tasks.forEach(Task::cancel);
        publishTasks();
    }

    @Override
    public void onState(SubtaskId task, TaskState state, TaskStatistics statistics) {
        tasksChanged |= state.isTerminal();
        listener.onState(task, state, statistics);
    }

    /**
     * A task that fails while its cancellation is under way, for instance because it was interrupted, counts as
     * cancelled.
     */
    @Override
    public void onFailed(SubtaskId task, TaskFailure failure, TaskStatistics statistics) {
        tasksChanged = true;
        receive();
        if (mails.contains(new SlotMail.Cancel(task))) {
            listener.onState(task, TaskState.CANCELED, statistics);
        } else {
            listener.onFailed(task, failure, statistics);
        }
    }
}
