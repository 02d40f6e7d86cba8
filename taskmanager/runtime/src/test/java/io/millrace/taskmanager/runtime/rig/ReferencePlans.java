package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.builder.PlanCodec;
import io.millrace.taskmanager.runtime.task.PlanReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands plans over by reference, so that a test can look at what its functions and sinks did. Plans given as bytes are
 * read anew each time, as in production.
 */
public final class ReferencePlans implements PlanReader {
    private final List<Object> plans = new ArrayList<>();

    public synchronized byte[] put(Object plan) {
        plans.add(plan);
        return ByteBuffer.allocate(4).putInt(plans.size() - 1).array();
    }

    private synchronized Object get(byte[] payload) {
        return plans.get(ByteBuffer.wrap(payload).getInt());
    }

    @Override
    public OperatorPlan readOperator(byte[] payload, ClassLoader loader) {
        return get(payload) instanceof byte[] written
                ? PlanCodec.readOperator(written, loader)
                : (OperatorPlan) get(payload);
    }

    @Override
    public ExchangeSpec<?, ?> readExchange(byte[] payload, ClassLoader loader) {
        return get(payload) instanceof byte[] written
                ? PlanCodec.readExchange(written, loader)
                : (ExchangeSpec<?, ?>) get(payload);
    }
}
