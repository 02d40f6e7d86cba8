package io.millrace.taskmanager.runtime.task;

import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.exchange.InFlightReader;
import io.millrace.taskmanager.runtime.exchange.InFlightReader.Origin;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.stream.BatchBuilder;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Puts elements that were under way when a snapshot was taken in front of the channels of a task. If the parallelism is
 * the same they are where they were; else each element is taken by exactly one of the new subtasks.
 */
final class InFlightRestore {
    private final TaskContext context;
    private final RestoredOperator restored;
    private final List<InputLane> lanes;

    InFlightRestore(TaskContext context, RestoredOperator restored, List<InputLane> lanes) {
        this.context = context;
        this.restored = restored;
        this.lanes = lanes;
    }

    /**
     * Elements that were on their way to an operator that another calls directly now, since the parallelism is another.
     *
     * @param scope of the operator
     * @return what gives them to it
     */
    static Runnable toChained(
            RestoredOperator restored, TypeSerializer<Object> serializer, OperatorScope scope, Output operator) {
        List<ElementBatch> batches = new ArrayList<>();
        for (RestoredOperator.Part part : restored.parts()) {
            boolean mine = part.subtask() % restored.parallelism() == restored.subtask();
            if (part.part().kind() == PartKind.IN_FLIGHT && mine) {
                Map<Origin, InFlightReader> readers = new HashMap<>();
                for (ByteBuffer block : part.part().blocks()) {
                    InFlightReader reader = readers.computeIfAbsent(
                            Origin.of(block), key -> new InFlightReader(serializer.duplicate(), scope));
                    read(reader, block, batches::add, value -> !(value instanceof Control));
                }
            }
        }
        return () -> batches.forEach(batch -> give(batch, operator));
    }

    private static void give(ElementBatch batch, Output to) {
        long[] timestamps = batch.timestamps();
        for (int i = 0; i < batch.size(); i++) {
            to.element(batch.values()[i], timestamps == null ? Output.NO_TIMESTAMP : timestamps[i]);
        }
    }

    private static MillraceException noInput(OperatorScope scope, String where) {
        return scope.problem(
                        RuntimeErrors.IN_FLIGHT_WITHOUT_INPUT, "The checkpoint has elements on their way to " + where)
                .fix("Restore from a savepoint, which has none, or with the job that took the checkpoint")
                .asException();
    }

    void run() {
        for (RestoredOperator.Part part : restored.parts()) {
            if (part.part().kind() == PartKind.IN_FLIGHT
                    && (restored.isRescaled() || part.subtask() == restored.subtask())) {
                restore(part.subtask(), part.part().blocks());
            }
        }
    }

    private void restore(int subtask, List<ByteBuffer> blocks) {
        Map<Origin, InFlightReader> readers = new HashMap<>();
        for (ByteBuffer block : blocks) {
            Origin origin = Origin.of(block);
            InputLane lane = laneOf(origin);
            InFlightReader reader = readers.computeIfAbsent(
                    origin,
                    key -> new InFlightReader(
                            lane.gate().serializer().duplicate(), lane.gate().scope()));
            boolean same = !restored.isRescaled() && lane.producer() == origin.producer();
            Predicate<Object> mine = restored.isRescaled() ? share(lane.gate(), subtask) : value -> true;
            read(reader, block, lane::restore, value -> value instanceof Control ? same : mine.test(value));
        }
    }

    private static void read(
            InFlightReader reader, ByteBuffer block, Consumer<ElementBatch> into, Predicate<Object> taken) {
        BatchBuilder open = new BatchBuilder();
        reader.read(block, (value, timestamp) -> {
            if (taken.test(value)) {
                if (value instanceof Control control) {
                    open.addControl(control, timestamp);
                } else {
                    open.add(value, timestamp);
                }
                if (open.isFull()) {
                    into.accept(open.build());
                }
            }
        });
        if (!open.isEmpty()) {
            into.accept(open.build());
        }
    }

    /** The channel it was on; any of its gate if that is no more. */
    private InputLane laneOf(Origin origin) {
        InputLane any = null;
        for (InputLane lane : lanes) {
            if (lane.gate().place() == origin.gate()) {
                if (lane.producer() == origin.producer()) {
                    return lane;
                }
                any = any == null ? lane : any;
            }
        }
        if (any == null) {
            throw noInput(lanes.get(0).gate().scope(), "input " + origin.gate() + ", which the operator no longer has");
        }
        return any;
    }

    /** Which elements of an earlier subtask this one takes. */
    private Predicate<Object> share(InputGate gate, int earlier) {
        ExchangeSpec<Object, Object> spec = gate.spec();
        Keying<Object, Object> keying = spec.keying();
        if (gate.kind() == ExchangeKind.HASH && keying != null) {
            KeyHasher<Object> hasher = context.code().serializers().hasher(keying.keyType());
            return value -> context.keyGroups().holdHash(hasher.hash(keyOf(gate, keying, value)));
        }
        if (gate.kind() == ExchangeKind.CUSTOM && keying != null && spec.partitioner() != null) {
            return value -> spec.partitioner().partition(keyOf(gate, keying, value), restored.parallelism())
                    == restored.subtask();
        }
        return value -> earlier % restored.parallelism() == restored.subtask();
    }

    private static Object keyOf(InputGate gate, Keying<Object, Object> keying, Object value) {
        try {
            return keying.selector().getKey(value);
        } catch (Throwable thrown) {
            throw gate.scope().failed(thrown);
        }
    }
}
