package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.concurrent.Agent;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.task.Chain;
import io.millrace.taskmanager.runtime.task.ChainBuilder;
import io.millrace.taskmanager.runtime.task.SubtaskNames;
import io.millrace.taskmanager.runtime.task.Task;
import io.millrace.taskmanager.runtime.task.TaskListener;
import io.millrace.taskmanager.runtime.task.TaskServices;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A slot: the tasks that share one thread, stepped one after another. Whatever they own is touched by that thread
 * alone; everybody else posts mails and reads published statistics. What is open in an output goes out as soon as the
 * slot has nothing else to do, and after a millisecond at the latest.
 *
 * <p>A task whose user code does not come back keeps the thread, and the slot goes to another one: then the task is
 * this slot's still, but alone on its thread.
 */
public final class Slot implements Agent {
    private static final int MAILS = 4_096;
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final Signal signal;
    private final TaskServices services;
    private final Mailbox<SlotMail> mailbox;
    private final SlotNews news;
    private final Published<List<Occupant>> published = new Published<>(List.of());
    /** Finds another thread for the slot if the task inside keeps this one; refuses while there is no host. */
    private Predicate<Occupant> moving = occupant -> false;

    private final ArrayDeque<SlotMail> mails = new ArrayDeque<>();
    private final List<Occupant> occupants = new ArrayList<>();
    /** Tasks that kept the thread of this slot. */
    private final List<Occupant> alone = new ArrayList<>();

    private boolean changed;
    private long flushedNanos;

    /**
     * @param name for threads and logs
     * @param signal wakes the host of this slot
     * @param listener told what becomes of the tasks, on their threads
     */
    public Slot(String name, Signal signal, TaskServices services, TaskListener listener) {
        this.name = name;
        this.signal = signal;
        this.services = services;
        this.news = new SlotNews(listener);
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
        news.cancelAsked(task, services.clock().nanoTime());
        return mailbox.post(new SlotMail.Cancel(task));
    }

    /** Any thread: a barrier is on its way to a task. @return false if the mailbox is full */
    public boolean announce(SubtaskId task, Barrier barrier) {
        return mailbox.post(new SlotMail.Announce(task, barrier));
    }

    /** Any thread: a checkpoint was given up. @return false if the mailbox is full */
    public boolean giveUp(SubtaskId task, long checkpoint) {
        return mailbox.post(new SlotMail.GiveUp(task, checkpoint));
    }

    /** Any thread: a checkpoint will be there whatever happens. @return false if the mailbox is full */
    public boolean completed(SubtaskId task, Barrier barrier) {
        return mailbox.post(new SlotMail.Completed(task, barrier));
    }

    /** Any thread: what the tasks of this slot did so far. */
    public List<TaskStatistics> statistics() {
        return published.read().stream()
                .map(occupant -> occupant.task().statistics())
                .toList();
    }

    /** Any thread: the tasks of this slot, those alone on a thread included. */
    List<Occupant> occupants() {
        return published.read();
    }

    SlotNews news() {
        return news;
    }

    /**
     * Task's own thread, as the last thing it does with it: the task shares the slot's thread again.
     *
     * @return false if the slot's mailbox is full, and the task alone as before
     */
    boolean takeBack(Occupant occupant) {
        occupant.guard().attach();
        boolean taken = mailbox.post(new SlotMail.Back(occupant));
        if (!taken) {
            occupant.guard().stayDetached();
        }
        return taken;
    }

    /** Any thread: whether somebody posted something that was not taken. */
    boolean hasMail() {
        return !mailbox.isEmpty();
    }

    /** Before the first step: {@code moves} is told, inside of a task, that the slot has to go to another thread. */
    void moveBy(Predicate<Occupant> moves) {
        moving = moves;
    }

    /** Whoever detached {@code occupant}, before the slot's next thread starts: the one before has kept it. */
    void moved(Occupant occupant) {
        occupants.remove(occupant);
        alone.add(occupant);
        changed = true;
    }

    /**
     * Does a bounded amount of work.
     *
     * @throws TaskDetached if the slot went to another thread while this one was in a task; the caller must not touch
     *     the slot any more
     */
    @Override
    public int step(long nowNanos) {
        int work = takeMails(nowNanos);
        long now = nowNanos;
        for (int i = 0; i < occupants.size(); i++) {
            Occupant occupant = occupants.get(i);
            occupant.guard().enter();
            int done = occupant.task().step(now);
            leave(occupant);
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
        tendAlone();
        publishOccupants();
        return work;
    }

    private void leave(Occupant occupant) {
        if (!occupant.guard().exit()) {
            throw new TaskDetached(occupant);
        }
        changed |= occupant.task().state().isTerminal();
    }

    /** Everything that wakes a task wakes its slot, which passes that on. */
    private void tendAlone() {
        for (int i = alone.size() - 1; i >= 0; i--) {
            Occupant occupant = alone.get(i);
            if (occupant.lane().hasEnded()) {
                alone.remove(i);
                // A cancel that came for it just then finds nobody.
                news.cancelIsComplete(occupant.task().id());
                changed = true;
            } else {
                occupant.lane().wake();
            }
        }
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
        } else if (mail instanceof SlotMail.Announce announced) {
            withTask(announced.task(), task -> task.announce(announced.barrier()));
        } else if (mail instanceof SlotMail.GiveUp givenUp) {
            withTask(givenUp.task(), task -> task.giveUp(givenUp.checkpoint()));
        } else if (mail instanceof SlotMail.Completed completed) {
            withTask(completed.task(), task -> task.completed(completed.barrier()));
        } else if (mail instanceof SlotMail.Cancel cancel) {
            cancelTask(cancel.task());
        } else if (mail instanceof SlotMail.Back back) {
            settle(back.occupant());
        }
    }

    /** The task that comes back may bring what it was told in the meantime. */
    private void settle(Occupant occupant) {
        alone.remove(occupant);
        occupants.add(occupant);
        changed = true;
        occupant.guard().enter();
        occupant.lane().takeMails();
        leave(occupant);
    }

    private void cancelTask(SubtaskId id) {
        Occupant solo = find(alone, id);
        if (solo != null) {
            solo.lane().cancel();
        } else if (!withTask(id, Task::cancel)) {
            news.cancelIsComplete(id);
        }
    }

    /** Lets a task that has not ended do something that may run user code. @return false if there is none */
    private boolean withTask(SubtaskId id, Consumer<Task> action) {
        Occupant solo = find(alone, id);
        if (solo != null) {
            solo.lane().tell(action);
            return true;
        }
        Occupant occupant = find(occupants, id);
        if (occupant == null || occupant.task().state().isTerminal()) {
            return false;
        }
        occupant.guard().enter();
        action.accept(occupant.task());
        leave(occupant);
        return true;
    }

    private static @Nullable Occupant find(List<Occupant> among, SubtaskId id) {
        for (Occupant occupant : among) {
            if (occupant.task().id().equals(id)) {
                return occupant;
            }
        }
        return null;
    }

    /** Opening channels and loading classes may take long, so it is not for the slot's thread. */
    private void deploy(SlotMail.Deploy mail) {
        SubtaskId id = mail.deployment().id();
        String taskName = SubtaskNames.of(mail.deployment());
        Task task = new Task(id, taskName, news);
        StepGuard guard = new StepGuard();
        Occupant occupant = new Occupant(task, guard, new SoloLane(task, guard, services.clock()));
        occupants.add(occupant);
        changed = true;
        publishOccupants();
        services.workers().run("deploy " + taskName, () -> {
            try {
                Chain chain = new ChainBuilder(mail.deployment(), mail.code(), services, signal).build();
                chain.relieveBy(() -> relieve(occupant));
                if (!mailbox.post(new SlotMail.Built(id, chain))) {
                    chain.discard();
                }
            } catch (Throwable failure) {
                mailbox.post(new SlotMail.NotBuilt(id, failure));
            }
        });
    }

    /** Task's thread, inside of user code that emits far more than there is room for: it must not pile up here. */
    private void relieve(Occupant occupant) {
        if (occupant.guard().isDetached() || moving.test(occupant)) {
            occupant.lane().awaitRoom();
        }
    }

    /** Key selectors are user code, too. */
    private int flush() {
        int flushed = 0;
        for (int i = 0; i < occupants.size(); i++) {
            Occupant occupant = occupants.get(i);
            if (occupant.task().isOpen()) {
                occupant.guard().enter();
                flushed += occupant.task().flush() ? 1 : 0;
                leave(occupant);
            }
        }
        return flushed;
    }

    private void publishOccupants() {
        if (changed) {
            changed = false;
            occupants.removeIf(occupant -> occupant.task().state().isTerminal());
            List<Occupant> all = new ArrayList<>(occupants);
            all.addAll(alone);
            published.publish(List.copyOf(all));
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
        for (SlotMail mail : List.copyOf(mails)) {
            if (mail instanceof SlotMail.Back back) {
                mails.remove(mail);
                settle(back.occupant());
            }
        }
        mails.clear();
        alone.forEach(occupant -> occupant.lane().cancel());
        for (int i = 0; i < occupants.size(); i++) {
            Occupant occupant = occupants.get(i);
            occupant.guard().enter();
            occupant.task().cancel();
            leave(occupant);
        }
        publishOccupants();
    }
}
