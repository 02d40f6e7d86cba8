package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.schema.SchemaErrors;
import io.millrace.jobmanager.control.checkpoint.JobCheckpoints;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.LogEntry;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.restart.NoRestart;
import io.millrace.jobmanager.control.restart.RestartDecision;
import io.millrace.jobmanager.control.restart.RestartStrategy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a job from one run to the next: whether and when, and from which checkpoint. The next run begins when nothing
 * of the last is left, its delay is over, its number is in the metadata log, and it is known which checkpoint is the
 * latest.
 */
final class Restart {
    private static final Logger LOG = LoggerFactory.getLogger(Restart.class);

    /** What is wrong with a file or with what it holds, and will be at every restart. */
    private static final Set<String> PERMANENT = Set.of(
            "CHECKPOINT_DAMAGED",
            "CHECKPOINT_FILE_MISSING",
            "CHECKPOINT_FILE_FOREIGN",
            "CHECKPOINT_FORMAT_NEWER",
            "STATE_INCOMPATIBLE");

    private final JobDefinition job;
    private final JobCheckpoints checkpoints;
    private final JobEntries entries;
    private final SlotSharing sharing;
    private final RestartStrategy strategy;

    private long notBeforeNanos;
    private int nextRun;
    private boolean delayed;
    private boolean logged;
    private boolean ready;

    Restart(JobDefinition job, JobCheckpoints checkpoints, JobEntries entries, SlotSharing sharing) {
        this.job = job;
        this.checkpoints = checkpoints;
        this.entries = entries;
        this.sharing = sharing;
        this.strategy = job.restartStrategy();
    }

    /**
     * What becomes of a run that failed.
     *
     * @param why it is the last, if it does not start again
     * @param refusal the same as a failure, to be told beside the cause; empty if nobody is surprised by it
     */
    record Choice(boolean startsAgain, long delayNanos, String why, Optional<Failure> refusal) {}

    /** @param mismatch why it cannot begin */
    record Next(JobRun run, Optional<Problem> mismatch) {}

    Choice choose(Failure failure, Moment now) {
        if (PERMANENT.contains(failure.problem().code())) {
            return new Choice(false, 0, "its state would not be better when it is read again", Optional.empty());
        }
        if (isOfTheProgram(failure)) {
            return new Choice(
                    false, 0, "it failed by itself before its first checkpoint was complete", Optional.empty());
        }
        if (isOfItsState(failure)) {
            return new Choice(false, 0, "its state does not fit, and would not fit again", Optional.empty());
        }
        RestartDecision decision = strategy.onFailure(now.nanos());
        if (decision instanceof RestartDecision.StartAgain again) {
            return new Choice(true, again.delayNanos(), "", Optional.empty());
        }
        String why = ((RestartDecision.StayFailed) decision).why();
        if (strategy instanceof NoRestart) {
            return new Choice(false, 0, why, Optional.empty());
        }
        Problem problem = Problem.of(
                        ControlError.NO_MORE_RESTARTS, "Job '" + job.graph().name() + "' is not started again")
                .because(why)
                .fix("Remove the cause of the failure above, then submit the job again; or choose another"
                        + " restart.strategy");
        return new Choice(false, 0, why, Optional.of(Failure.ofJob(problem, failure.atEpochMs())));
    }

    /**
     * A task that fails before there is anything to go on from shows that the program or its input is wrong, unless
     * somebody has said what is to be done then. Nothing is lost by telling at once.
     */
    private boolean isOfTheProgram(Failure failure) {
        boolean own =
                failure.subtask() != null && failure.suspectedTaskManager().isEmpty();
        boolean first = checkpoints.known().isEmpty()
                && !checkpoints.isRecording()
                && checkpoints.latest().isEmpty();
        return own && first && !job.choosesRestart();
    }

    /** A job whose types cannot read its checkpoint never gets further than this, however often it begins. */
    private static boolean isOfItsState(Failure failure) {
        return failure.problem().code().equals(SchemaErrors.STATE_INCOMPATIBLE.name());
    }

    /** The run is over, or about to be. The number of the next is made durable meanwhile. */
    void begin(int lastRun, long delayNanos, Moment now, Outbox out) {
        notBeforeNanos = now.nanos() + delayNanos;
        nextRun = lastRun + 1;
        delayed = delayNanos > 0;
        logged = false;
        ready = false;
        LOG.info(
                "job={} event=restarting run={} delayMs={}",
                job.id(),
                nextRun,
                TimeUnit.NANOSECONDS.toMillis(delayNanos));
        entries.append(new LogEntry.RunStarted(job.id(), nextRun, checkpoints.nextIdsEnd()), out);
    }

    void onRunLogged(int run) {
        logged |= run == nextRun;
    }

    void onTime(Moment now) {
        delayed = delayed && !now.reached(notBeforeNanos);
    }

    boolean mayBegin() {
        return logged && !delayed && checkpoints.isSettled();
    }

    /**
     * The next run, from the latest checkpoint: never an older one. If that is the savepoint that the job was stopped
     * with, the run commits what it holds, and ends.
     */
    Next next() {
        Optional<RestorePlan> plan = plan();
        ready = true;
        LOG.info(
                "job={} event=run-prepared run={} checkpoint={}",
                job.id(),
                nextRun,
                plan.map(RestorePlan::checkpoint).map(Object::toString).orElse("none"));
        return new Next(new JobRun(job, nextRun, sharing, plan), plan.flatMap(RestorePlan::mismatch));
    }

    /** The first run, from the origin of the job. */
    JobRun first() {
        return new JobRun(job, 1, sharing, plan());
    }

    private Optional<RestorePlan> plan() {
        return checkpoints.latest().map(latest -> {
            boolean own = latest.manifest().job().equals(job.id());
            boolean stopped = own && latest.pointer().kind().stopsJob();
            return new RestorePlan(latest.manifest(), job, checkpoints.placeOf(latest.pointer()), stopped);
        });
    }

    /** Whether the next run is made and lacks slots only. */
    boolean isReady() {
        return ready;
    }

    long nextDeadlineNanos() {
        return delayed ? notBeforeNanos : Long.MAX_VALUE;
    }

    /** What keeps the next run from beginning, for people. */
    String waitsFor(JobRun last) {
        if (ready) {
            return "slots";
        } else if (!last.allTerminal()) {
            return "the tasks of run " + last.number() + " to end";
        } else if (!checkpoints.isSettled()) {
            return checkpoints.waitsFor();
        }
        return delayed ? "the delay of restart.strategy to be over" : "the metadata log";
    }

    Problem noSlots(int slotsFree, int slotsTotal) {
        return Problem.of(
                        ControlError.NOT_ENOUGH_SLOTS,
                        "Job '" + job.graph().name() + "' needs " + sharing.slotsNeeded() + " slots, " + slotsFree
                                + " are free")
                .because("The cluster has " + slotsTotal + " slots in all and none became free in time")
                .fix("Lower the parallelism with -p, start more TaskManagers, or cancel another job");
    }
}
