package io.millrace.taskmanager.runtime.task;

import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.builder.PlanCodec;

/** Reads the parts of a job graph that only its user's code can read. Any thread. */
public interface PlanReader {

    /** Reads them as the client wrote them. */
    PlanReader SERIALIZED = new PlanReader() {
        @Override
        public OperatorPlan readOperator(byte[] payload, ClassLoader loader) {
            return PlanCodec.readOperator(payload, loader);
        }

        @Override
        public ExchangeSpec<?, ?> readExchange(byte[] payload, ClassLoader loader) {
            return PlanCodec.readExchange(payload, loader);
        }
    };

    /** Reads the payload of an operator. */
    OperatorPlan readOperator(byte[] payload, ClassLoader loader);

    /** Reads the payload of an edge. */
    ExchangeSpec<?, ?> readExchange(byte[] payload, ClassLoader loader);
}
