package io.millrace.deploy.benchmarks.flink;

import io.millrace.deploy.benchmarks.workloads.Amount;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

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
