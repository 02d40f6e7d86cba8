package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointDeclined;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what TaskManagers answer to triggers. An answer counts once, for a checkpoint that waits for it; one that comes
 * late tells at least what has to be deleted; any other is dropped.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final AcknowledgementRules rules;
    private final PendingCheckpoints pendings;
    private final CheckpointCommits commits;
    private final Leftovers leftovers;
    private final CheckpointHistory history;
    private final long firstOwn;

    /** @param firstOwn checkpoints below it were triggered by former leaders */
    Answers(
            AcknowledgementRules rules,
            PendingCheckpoints pendings,
            CheckpointCommits commits,
            Leftovers leftovers,
            CheckpointHistory history,
            long firstOwn) {
        this.rules = rules;
        this.pendings = pendings;
        this.commits = commits;
        this.leftovers = leftovers;
        this.history = history;
        this.firstOwn = firstOwn;
    }

    void acknowledged(PeerAddress from, CheckpointAcknowledged ack, RunningTasks tasks, Moment now, Outbox out) {
        Optional<PendingCheckpoint> awaiting = awaiting(from, ack.checkpoint(), ack.run());
        if (awaiting.isEmpty()) {
            if (!leftovers.acknowledgedLate(from, ack)) {
                dropped(from, ack.checkpoint(), now);
            }
            return;
        }
        PendingCheckpoint pending = awaiting.get();
        Optional<Problem> problem = rules.check(pending, from, ack, tasks);
        if (problem.isPresent()) {
            refused(pending, from, new CheckpointCause(null, problem.get()), now, out);
            return;
        }
        ack.files().forEach(file -> rules.files().hold(pending.id(), file));
        pending.acknowledgedBy(from, ack);
        history.acknowledged(pending, from, ack, now);
        if (pending.unanswered().isEmpty()) {
            commits.begin(pending, now, out);
        }
    }

    void declined(PeerAddress from, CheckpointDeclined declined, Moment now, Outbox out) {
        Optional<PendingCheckpoint> awaiting = awaiting(from, declined.checkpoint(), declined.run());
        if (awaiting.isPresent()) {
            refused(awaiting.get(), from, new CheckpointCause(declined.subtask(), declined.problem()), now, out);
        } else if (!leftovers.declinedLate(from, declined.checkpoint(), now)) {
            dropped(from, declined.checkpoint(), now);
        }
    }

    private Optional<PendingCheckpoint> awaiting(PeerAddress from, long checkpoint, int run) {
        return pendings.find(checkpoint).filter(pending -> pending.pointer().run() == run && pending.awaits(from));
    }

    private void refused(PendingCheckpoint pending, PeerAddress from, CheckpointCause cause, Moment now, Outbox out) {
        pending.declinedBy(from);
        pendings.giveUp(pending, cause, true, now, out);
        leftovers.suspect(pending.pointer(), now);
    }

    private void dropped(PeerAddress from, long checkpoint, Moment now) {
        if (checkpoint < firstOwn) {
            leftovers.suspectFormer(firstOwn, now);
        }
        LOG.info(
                "checkpoint={} event=answer-dropped taskManager={} reason=not-awaited", checkpoint, from.taskManager());
    }
}
