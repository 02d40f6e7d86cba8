package io.millrace.jobmanager.control.resource;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.execution.TaskReport;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.common.graph.gateway.FromTaskManager.Register;
import io.millrace.jobmanager.control.contract.ControlError;
import io.millrace.jobmanager.control.contract.ControlSettings;
import java.util.Optional;

/** What a registration must satisfy on its own. */
record RegistrationRules(ControlSettings settings) {
    private static final int MAX_SLOTS = 1_024;

    /** The reason for which the process can never be used as it is; empty if there is none. */
    Optional<Problem> check(Register register) {
        if (!register.clusterId().equals(settings.clusterId())) {
            return Optional.of(Problem.of(
                            ControlError.WRONG_CLUSTER,
                            "TaskManager '" + register.address().taskManager() + "' belongs to cluster '"
                                    + register.clusterId() + "', this is '" + settings.clusterId() + "'")
                    .fix("Correct cluster.id or the JobManager's address in the TaskManager's configuration"));
        }
        if (register.protocolVersion() != FromTaskManager.PROTOCOL_VERSION) {
            return Optional.of(refused(
                    register,
                    "It speaks control protocol " + register.protocolVersion() + ", this JobManager "
                            + FromTaskManager.PROTOCOL_VERSION));
        }
        if (register.slots() < 1 || register.slots() > MAX_SLOTS) {
            return Optional.of(
                    refused(register, "It offers " + register.slots() + " slots; 1 to " + MAX_SLOTS + " are possible"));
        }
        for (TaskReport task : register.tasks()) {
            if (task.slot() < 0 || task.slot() >= register.slots()) {
                return Optional.of(
                        refused(register, "It reports a task in slot " + task.slot() + " of " + register.slots()));
            }
        }
        return Optional.empty();
    }

    private static Problem refused(Register register, String why) {
        return Problem.of(
                        ControlError.REGISTRATION_REFUSED,
                        "TaskManager '" + register.address().taskManager() + "' cannot be registered")
                .because(why)
                .fix("Correct the TaskManager's configuration and start it again");
    }
}
