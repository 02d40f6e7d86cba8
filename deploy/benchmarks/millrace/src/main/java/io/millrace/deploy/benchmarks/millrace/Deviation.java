package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.deploy.benchmarks.workloads.Reading;

/** Replaces the value of each reading by its difference to the sensor's previous one. */
public final class Deviation extends KeyedProcessFunction<String, Reading, Reading> {

    private static final long serialVersionUID = 1;

    private transient ValueState<Double> previous;

    @Override
    public void open(OpenContext context) {
        previous = getRuntimeContext().getState(new ValueStateDescriptor<>("previous", Types.DOUBLE));
    }

    @Override
    public void processElement(Reading reading, Context context, Collector<Reading> out) throws Exception {
        Double before = previous.value();
        previous.update(reading.value);
        Reading deviation = new Reading();
        deviation.sensor = reading.sensor;
        deviation.timestamp = reading.timestamp;
        deviation.sequence = reading.sequence;
        deviation.value = before == null ? 0 : reading.value - before;
        deviation.note = reading.note;
        out.collect(deviation);
    }
}
