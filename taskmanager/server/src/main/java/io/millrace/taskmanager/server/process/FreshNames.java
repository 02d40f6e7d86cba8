package io.millrace.taskmanager.server.process;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.id.Incarnation;
import java.util.function.Supplier;

/** Names that no process is given a second time: this life of the process and a count. Any thread. */
final class FreshNames implements Supplier<String> {
    private final Incarnation incarnation;
    private final Shared<Long> next = new Shared<>(0L);

    FreshNames(Incarnation incarnation) {
        this.incarnation = incarnation;
    }

    @Override
    public String get() {
        long[] taken = {0};
        next.change(count -> {
            taken[0] = count;
            return count + 1;
        });
        return incarnation + "-" + taken[0];
    }
}
