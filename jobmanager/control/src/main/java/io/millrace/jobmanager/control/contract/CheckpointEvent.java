package io.millrace.jobmanager.control.contract;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import java.util.List;

/** How a {@link CheckpointCommand} ended. */
public sealed interface CheckpointEvent {
    JobId job();

    /** Calls the one method of {@code handler} that takes this kind of event. */
    void dispatch(Handler handler);

    /** Has a method for every kind of event. */
    interface Handler {
        void on(ManifestStored event);

        void on(ManifestFailed event);

        void on(ManifestRead event);

        void on(ManifestUnreadable event);

        void on(OriginRead event);

        void on(OriginUnreadable event);

        void on(PointerRecorded event);

        void on(PointerFailed event);

        void on(FilesDeleted event);

        void on(DeleteFailed event);

        void on(Swept event);

        void on(SweepFailed event);
    }

    /** The manifest survives a power failure. */
    record ManifestStored(JobId job, long checkpoint) implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param outcomeKnown whether the manifest is certainly not there; otherwise it may be there or not */
    record ManifestFailed(JobId job, long checkpoint, Problem problem, boolean outcomeKnown)
            implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record ManifestRead(JobId job, CheckpointManifest manifest) implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param permanent whether reading it again cannot help: it is damaged, gone, or of a newer version */
    record ManifestUnreadable(JobId job, long checkpoint, Problem problem, boolean permanent)
            implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param place where the checkpoint's files are */
    record OriginRead(JobId job, String place, CheckpointManifest manifest) implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record OriginUnreadable(JobId job, Problem problem) implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The entry is durable in the metadata log. */
    record PointerRecorded(JobId job, long checkpoint) implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** @param outcomeKnown whether the entry is certainly not in the log, now or later */
    record PointerFailed(JobId job, long checkpoint, Problem problem, boolean outcomeKnown) implements CheckpointEvent {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record FilesDeleted(JobId job, String place, List<String> names) implements CheckpointEvent {
        public FilesDeleted {
            names = List.copyOf(names);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** Some of them may be there still. */
    record DeleteFailed(JobId job, String place, List<String> names, Problem problem) implements CheckpointEvent {
        public DeleteFailed {
            names = List.copyOf(names);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record Swept(CheckpointCommand.SweepFiles command) implements CheckpointEvent {
        @Override
        public JobId job() {
            return command.job();
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** Some of what was to be found may be there still. */
    record SweepFailed(CheckpointCommand.SweepFiles command, Problem problem) implements CheckpointEvent {
        @Override
        public JobId job() {
            return command.job();
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }
}
