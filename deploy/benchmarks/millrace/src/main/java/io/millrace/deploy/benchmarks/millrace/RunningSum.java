package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.deploy.benchmarks.workloads.Amount;

/** The sum of each account so far. */
public final class RunningSum extends KeyedProcessFunction<Long, Amount, Amount> {

    private static final long serialVersionUID = 1;

    private transient ValueState<Long> sum;

    @Override
    public void open(OpenContext context) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
    }

    @Override
    public void processElement(Amount amount, Context context, Collector<Amount> out) throws Exception {
        Long before = sum.value();
        long after = before == null ? amount.cents : before + amount.cents;
        sum.update(after);
        out.collect(new Amount(amount.account, after));
    }
}
