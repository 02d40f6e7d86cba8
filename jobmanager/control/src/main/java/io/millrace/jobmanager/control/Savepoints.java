package io.millrace.jobmanager.control;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.jobmanager.control.checkpoint.SavepointRequest;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlServices;
import io.millrace.jobmanager.control.contract.Event;
import io.millrace.jobmanager.control.contract.Moment;
import io.millrace.jobmanager.control.contract.Outbox;
import io.millrace.jobmanager.control.job.JobMaster;
import java.util.Optional;

/** Takes users' wishes for savepoints to the jobs. Each job has a folder of its own in the place that a user names. */
record Savepoints(Dispatcher dispatcher, ControlServices services) {

    void onRequest(Event.TakeSavepoint request, Moment now, Outbox out) {
        Optional<JobMaster> master = dispatcher.touchMaster(request.job());
        if (master.isEmpty()) {
            out.answer(request.replyTo(), Outcome.failure(notLive(request)));
            return;
        }
        String place;
        try {
            place = placeOf(request);
        } catch (IllegalArgumentException e) {
            Problem problem = Problem.of(
                            ControlError.BAD_SAVEPOINT_PLACE, "No savepoint can be at '" + request.place() + "'")
                    .because(String.valueOf(e.getMessage()))
                    .fix("Name an absolute path that all processes of the cluster see, or s3://bucket/prefix");
            out.answer(request.replyTo(), Outcome.failure(problem));
            return;
        }
        SavepointRequest savepoint = new SavepointRequest(
                request.kind(), place, outcome -> request.replyTo().send(pathOf(outcome)));
        master.get().onCheckpoints(checkpoints -> checkpoints.onSavepointRequested(savepoint, now, out), now, out);
    }

    private Problem notLive(Event.TakeSavepoint request) {
        return dispatcher
                .find(request.job())
                .map(job -> Problem.of(
                                ControlError.JOB_ALREADY_ENDED,
                                "Job " + request.job() + " has ended: it is " + job.status())
                        .fix("Its last checkpoint is kept if checkpoint.retention says so"))
                .orElseGet(() -> Dispatcher.noSuchJob(request.job()));
    }

    private String placeOf(Event.TakeSavepoint request) {
        StorageLocation named = StorageLocation.parse(request.place());
        String root = named instanceof StorageLocation.ClusterDefault
                ? services.checkpointPlace() + "/savepoints"
                : named.toString();
        return (root.endsWith("/") ? root : root + "/") + "savepoint-" + request.job();
    }

    private static Outcome<String> pathOf(Outcome<CheckpointPointer> outcome) {
        if (outcome instanceof Outcome.Success<CheckpointPointer> success) {
            return Outcome.success(
                    success.value().place() + "/" + success.value().checkpoint());
        }
        return Outcome.failure(((Outcome.Failure<CheckpointPointer>) outcome).problem());
    }
}
