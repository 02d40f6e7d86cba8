package io.millrace.common.graph.gateway;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TaskManager's messages to the JobManager, in order on one stream. They tell levels, not edges: {@link Register}
 * lists every task, so what was lost with a stream is repeated there.
 */
public sealed interface FromTaskManager {
    /**
     * Of the control protocol; both ends of a stream must have the same. Raised with every change that an older build
     * misreads.
     */
    int PROTOCOL_VERSION = 3;

    /** Calls the one method of {@code handler} that takes this kind of message. */
    void dispatch(Handler handler);

    /** Has a method for every kind of message, so that a new kind does not compile until each reader takes it. */
    interface Handler {
        void on(Register message);

        void on(Heartbeat message);

        void on(SubtaskStateChanged message);

        void on(SubtaskEnded message);

        void on(OutputLines message);

        void on(ResultBatch message);

        void on(Leaving message);

        void on(Fenced message);

        void on(CheckpointAcknowledged message);

        void on(CheckpointDeclined message);
    }

    /**
     * The first message of a stream.
     *
     * @param protocolVersion both sides must have the same
     * @param clusterId the cluster the TaskManager was configured for
     * @param address name, incarnation and data plane of the process
     * @param slots how many it offers
     * @param version of the software, for people
     * @param tasks being deployed, running, being cancelled, and ended but not yet forgotten
     */
    record Register(
            int protocolVersion,
            String clusterId,
            PeerAddress address,
            int slots,
            String version,
            List<TaskReport> tasks)
            implements FromTaskManager {
        public Register {
            tasks = List.copyOf(tasks);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** Sent every heartbeat interval. */
    record Heartbeat(long sequence, List<TaskProgress> tasks) implements FromTaskManager {
        public Heartbeat {
            tasks = List.copyOf(tasks);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * A task entered INITIALIZING (which says: deployed), RUNNING, FINISHED, CANCELED or FAILED. An ended task has
     * released all it held and has sent its last lines before.
     *
     * @param failure why, if the state is FAILED; null otherwise
     */
    record SubtaskStateChanged(
            SubtaskId subtask,
            ExecutionState state,
            @Nullable Failure failure) implements FromTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * A subtask is done with its input and will be FINISHED when a checkpoint is complete that is triggered from now
     * on. Sent once; if it is lost the next checkpoint only comes later.
     */
    record SubtaskEnded(SubtaskId subtask) implements FromTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * What a print operator wrote.
     *
     * @param firstLine number of the first line among all that this operator of this attempt printed, from 0, dropped
     *     ones included
     */
    record OutputLines(
            SubtaskId subtask,
            int operator,
            String operatorName,
            boolean standardError,
            List<String> lines,
            long firstLine)
            implements FromTaskManager {
        public OutputLines {
            lines = List.copyOf(lines);
            Check.argument(firstLine >= 0, "A line number is not negative, found " + firstLine);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * One batch of a collecting sink; kept by the TaskManager until acknowledged and sent again after a new
     * registration. The sink's task is FINISHED only after all its batches are acknowledged.
     *
     * @param sequence from 0, without gaps
     */
    record ResultBatch(SubtaskId subtask, int operator, long sequence, OpaqueBytes batch) implements FromTaskManager {
        public ResultBatch {
            Check.argument(sequence >= 0, "A batch's sequence is not negative, found " + sequence);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The process is about to end in an orderly way; its tasks are lost. */
    record Leaving(String reason) implements FromTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The answer to a command with an older epoch than the TaskManager has seen. */
    record Fenced(Epoch current) implements FromTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * All of a job's tasks on this TaskManager have their snapshots in the storage. Each trigger is answered once, by
     * this or by {@link CheckpointDeclined}, even when the checkpoint was aborted meanwhile: only so are the files
     * known that have to go. Tasks that had finished may be absent.
     *
     * @param files those written for this checkpoint, named by
     *     {@link io.millrace.common.graph.snapshot.CheckpointFileName}, and files of earlier checkpoints that parts lie
     *     in, under the names and with the nonces they have there
     * @param schemas of every operator with parts
     */
    record CheckpointAcknowledged(
            JobId job,
            int run,
            long checkpoint,
            List<SegmentFile> files,
            List<OperatorSchemas> schemas,
            List<SubtaskAcknowledgement> subtasks)
            implements FromTaskManager {
        public CheckpointAcknowledged {
            Check.argument(run >= 1 && checkpoint >= 1, "Checkpoints and runs count from 1");
            files = List.copyOf(files);
            schemas = List.copyOf(schemas);
            subtasks = List.copyOf(subtasks);
            for (SubtaskAcknowledgement subtask : subtasks) {
                Check.argument(
                        subtask.subtask().job().equals(job) && subtask.subtask().run() == run,
                        "A subtask of another job or run is acknowledged");
                for (OperatorParts operator : subtask.operators()) {
                    for (StatePart part : operator.parts()) {
                        Check.argument(part.file() < files.size(), "There is no file " + part.file());
                        Check.argument(
                                part.end() <= files.get(part.file()).length(),
                                "A part ends at " + part.end() + ", beyond "
                                        + files.get(part.file()).name());
                    }
                }
            }
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * This TaskManager cannot do its share of a checkpoint. It says so once, for the first task that failed; files that
     * it has written for the checkpoint are found by listing.
     */
    record CheckpointDeclined(JobId job, int run, long checkpoint, SubtaskId subtask, Problem problem)
            implements FromTaskManager {
        public CheckpointDeclined {
            Check.argument(run >= 1 && checkpoint >= 1, "Checkpoints and runs count from 1");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }
}
