package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;

/** What a slot is asked to do. */
sealed interface SlotMail {

    record Deploy(SubtaskDeployment deployment, ClassLoader userClassLoader) implements SlotMail {}

    record Start(SubtaskId task) implements SlotMail {}

    record Cancel(SubtaskId task) implements SlotMail {}
}
