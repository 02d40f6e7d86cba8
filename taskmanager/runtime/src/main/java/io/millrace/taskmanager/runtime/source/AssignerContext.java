package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.TimestampAssignerSupplier;

/** What a timestamp assigner is made with: nothing yet. */
enum AssignerContext implements TimestampAssignerSupplier.Context {
    INSTANCE
}
