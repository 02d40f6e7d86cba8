package io.millrace.deploy.benchmarks.jmh;

import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.taskmanager.runtime.operator.FilterOperator;
import io.millrace.taskmanager.runtime.operator.MapOperator;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Discard;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.task.PositionClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an element costs on its way through a chain of eight small operators when five such chains run in one JVM, with
 * shared operator classes and with a class per position.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChainBenchmark {

    private static final int CHAINS = 5;
    private static final int ELEMENTS = 256;

    /** Hidden classes that positions may have; 0: all share. */
    @Param({"0", "2000"})
    private int classesPerPosition;

    private final Integer[] elements = new Integer[ELEMENTS];
    private final List<Output> heads = new ArrayList<>();

    /** Builds the chains. */
    @Setup
    public void build() {
        for (int i = 0; i < ELEMENTS; i++) {
            elements[i] = i;
        }
        PositionClasses classes = new PositionClasses(classesPerPosition);
        for (int chain = 0; chain < CHAINS; chain++) {
            heads.add(chain(classes));
        }
    }

    private static Output chain(PositionClasses classes) {
        List<MapFunction<Object, Object>> functions =
                List.of(v -> (Integer) v ^ 1, v -> (Integer) v & 0x7F, v -> v, v -> (Integer) v | 2, v -> v, v -> v);
        Output next = Discard.INSTANCE;
        for (MapFunction<Object, Object> function : functions) {
            next = classes.create(Operator.class, MapOperator.class, new ArrayList<>(), scope(), next, next, function);
        }
        for (int i = 0; i < 2; i++) {
            FilterFunction<Object> all = v -> (Integer) v >= 0;
            next = classes.create(Operator.class, FilterOperator.class, new ArrayList<>(), scope(), next, next, all);
        }
        return next;
    }

    private static OperatorScope scope() {
        return new OperatorScope("operator", "", 0, 1, new Brake());
    }

    /** Every chain in turn takes a batch. */
    @Benchmark
    @OperationsPerInvocation(CHAINS * ELEMENTS)
    public void throughTheChains() {
        for (int chain = 0; chain < CHAINS; chain++) {
            Output head = heads.get(chain);
            for (Integer element : elements) {
                head.element(element, 0);
            }
        }
    }
}
