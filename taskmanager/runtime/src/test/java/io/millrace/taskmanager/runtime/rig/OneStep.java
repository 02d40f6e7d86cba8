package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.graph.ExchangeKind;
import java.util.Map;

/**
 * A script, an exchange by key, one operator under test, and a sink that remembers: all in two slots of one process.
 */
public final class OneStep<T, R> {
    private final JobRig rig = new JobRig(1, 2);
    private final ScriptSource<T> source = new ScriptSource<>();
    private final RecordingSink<R> sink = new RecordingSink<>();
    private final RecordingSink<Object> side = new RecordingSink<>();

    /** @param sideOutputs of the operator; all go to {@link #side} */
    public OneStep(
            TypeInformation<T> type,
            Keying<T, ?> keying,
            OperatorSpec operator,
            Map<String, TypeInformation<?>> sideOutputs) {
        JobSketch job = rig.sketch();
        int from = job.source(source, 1, WatermarkStrategy.noWatermarks(), type);
        int tested = job.vertex("Tested", 1, java.util.List.of(operator), sideOutputs);
        int to = job.vertex("Sink", 1, new SinkSpec<>(sink));
        job.edge(from, tested, ExchangeKind.HASH, new ExchangeSpec<>(type, keying, null));
        job.edge(tested, to, ExchangeKind.FORWARD, new ExchangeSpec<>(operator.outputType(), null, null));
        sideOutputs.forEach((id, sideType) -> {
            int sideSink = job.vertex("Side " + id, 1, new SinkSpec<>(side));
            job.edge(tested, id, sideSink, ExchangeKind.FORWARD, new ExchangeSpec<>(sideType, null, null));
        });
        rig.deploy(job).start().settle();
    }

    public ScriptSource<T> source() {
        return source;
    }

    public RecordingSink<R> sink() {
        return sink;
    }

    public RecordingSink<Object> side() {
        return side;
    }

    public JobRig rig() {
        return rig;
    }

    /** Lets everything that was scripted happen. */
    public OneStep<T, R> run() {
        rig.settle();
        return this;
    }
}
