package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.status.CheckpointSummary;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.JobDetails;
import io.millrace.common.graph.status.JobSummary;
import java.util.List;

/** What reaches the control plane. Immutable, so that any thread may post it. */
public sealed interface Event {

    /** Calls the one method of {@code handler} that takes this kind of event. */
    void dispatch(Handler handler);

    /** Has a method for every kind of event. */
    interface Handler {
        void on(FromSession event);

        void on(Malformed event);

        void on(SessionClosed event);

        void on(Submit event);

        void on(ListJobs event);

        void on(GetJob event);

        void on(CancelJob event);

        void on(GetClusterStatus event);

        void on(FollowOutput event);

        void on(OutputReady event);

        void on(OutputGone event);

        void on(FollowResults event);

        void on(ResultsReady event);

        void on(ResultsConsumed event);

        void on(ResultsGone event);

        void on(ListCheckpoints event);

        void on(TakeSavepoint event);

        void on(Appended event);

        void on(AppendFailed event);

        void on(OfCheckpoint event);
    }

    /** A TaskManager's message, with the epoch of its envelope. */
    record FromSession(Session session, Epoch epoch, FromTaskManager message) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** What came on a gateway stream cannot be read. */
    record Malformed(Session session, Problem problem) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** A gateway stream ended, whoever ended it. The last event of its session. */
    record SessionClosed(Session session, String reason) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record Submit(JobId job, JobGraph graph, ReplyTo<Outcome<JobSummary>> replyTo) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record ListJobs(ReplyTo<List<JobSummary>> replyTo) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record GetJob(JobId job, ReplyTo<Outcome<JobDetails>> replyTo) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record CancelJob(JobId job, ReplyTo<Outcome<JobSummary>> replyTo) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record GetClusterStatus(ReplyTo<ClusterStatus> replyTo) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param retainedOnly ends with what is there instead of waiting for the job's end */
    record FollowOutput(JobId job, boolean retainedOnly, OutputFollower follower) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The follower has room for one more item. */
    record OutputReady(JobId job, OutputFollower follower) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record OutputGone(JobId job, OutputFollower follower) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record FollowResults(JobId job, int operator, ResultFollower follower) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The follower has room for one more item. */
    record ResultsReady(JobId job, int operator, ResultFollower follower) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The follower has taken all batches of {@code subtask} below {@code nextSequence}. */
    record ResultsConsumed(JobId job, int operator, ResultFollower follower, int subtask, long nextSequence)
            implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record ResultsGone(JobId job, int operator, ResultFollower follower) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param replyTo told the checkpoints that are remembered or kept, newest first */
    record ListCheckpoints(JobId job, ReplyTo<Outcome<List<CheckpointSummary>>> replyTo) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * A user wants a savepoint.
     *
     * @param kind of a savepoint
     * @param place as the user names it; empty for the cluster's
     * @param replyTo told the path of the savepoint when it is complete
     */
    record TakeSavepoint(JobId job, CheckpointKind kind, String place, ReplyTo<Outcome<String>> replyTo)
            implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The entry is durable in the metadata log. */
    record Appended(LogEntry entry) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param outcomeKnown whether the entry is certainly not in the log, now or later */
    record AppendFailed(LogEntry entry, Problem problem, boolean outcomeKnown) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** I/O for a job's checkpoints has ended. */
    record OfCheckpoint(CheckpointEvent event) implements Event {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }
}
