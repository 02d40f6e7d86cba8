package io.millrace.deploy.benchmarks.flink;

import io.millrace.deploy.benchmarks.workloads.Reading;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

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
