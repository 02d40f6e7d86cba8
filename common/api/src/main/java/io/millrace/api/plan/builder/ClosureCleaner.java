package io.millrace.api.plan.builder;

import io.millrace.api.plan.builder.SerializationPath.Step;
import java.lang.reflect.Field;

/**
 * Frees anonymous and local classes of the reference to the object they were written in. The compiler of Java 17 stores
 * it in every such class of an instance method, used or not. Only a reference that stands in the way of serialization
 * is dropped, and only if no code reads it.
 */
final class ClosureCleaner {

    private ClosureCleaner() {}

    /** @return whether something on the path was changed, so that serialization is worth another try */
    static boolean dropUnusedOuter(SerializationPath path) {
        for (Step step : path.steps()) {
            Field field = step.field();
            if (field != null && step.outer() && !FieldReads.isRead(field)) {
                try {
                    field.setAccessible(true);
                    field.set(step.owner(), null);
                    return true;
                } catch (IllegalAccessException e) {
                    return false;
                }
            }
        }
        return false;
    }
}
