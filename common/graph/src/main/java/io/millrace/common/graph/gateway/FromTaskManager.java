package io.millrace.common.graph.gateway;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.execution.TaskReport;
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
    int PROTOCOL_VERSION = 1;

    /** Calls the one method of {@code handler} that takes this kind of message. */
    void dispatch(Handler handler);

    /** Has a method for every kind of message, so that a new kind does not compile until each reader takes it. */
    interface Handler {
        void on(Register message);

        void on(Heartbeat message);

        void on(SubtaskStateChanged message);

        void on(OutputLines message);

        void on(ResultBatch message);

        void on(Leaving message);

        void on(Fenced message);
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
}
