package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.util.Collector;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.rig.JobRig;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** An element that its type cannot copy fails the task by its own code, wherever the copy is made. */
class RefusedCopyTest {

    /** Mutable, so that it is copied where it begins to be shared. */
    public static class Basket {
        public List<Long> items = List.of();

        public Basket() {}

        static Basket unreadable() {
            Basket basket = new Basket();
            basket.items = new Unreadable();
            return basket;
        }
    }

    private static final class Unreadable extends AbstractList<Long> {
        @Override
        public Long get(int index) {
            throw new IllegalStateException("the list is lazy and its file is gone");
        }

        @Override
        public int size() {
            return 3;
        }
    }

    private static final class EmitBasket extends KeyedProcessFunction<Long, Long, Basket> {
        private static final long serialVersionUID = 1;

        @Override
        public void processElement(Long value, Context context, Collector<Basket> out) {
            out.collect(Basket.unreadable());
        }
    }

    private static DataStream<Basket> filled(DataStream<Long> numbers) {
        return numbers.map(number -> Basket.unreadable()).name("Fill");
    }

    @Test
    void beforeAHashExchange() {
        assertRefused(numbers -> filled(numbers).keyBy(basket -> 1L).map(basket -> 1));
    }

    @Test
    void intoARing() {
        assertRefused(numbers -> filled(numbers).rebalance().map(basket -> 1));
    }

    @Test
    void onAChainedCallOutOfAStatefulOperator() {
        assertRefused(numbers -> numbers.keyBy(number -> number)
                .process(new EmitBasket())
                .name("Fill")
                .map(basket -> 1));
    }

    /** The failure is that of operator Fill, whose elements cannot be copied. */
    private static void assertRefused(Function<DataStream<Long>, DataStream<Integer>> job) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
        job.apply(env.fromData(1L)).print();
        JobRig rig = new JobRig(1, 1);
        rig.deploy(rig.sketch().add(env.getJobGraph("test"))).start().settle();

        assertThat(rig.failures()).hasSize(1);
        Problem problem = rig.failures().values().iterator().next().problem();
        assertThat(problem.code()).isEqualTo("RECORD_NOT_COPYABLE");
        assertThat(problem.what()).contains(Basket.class.getName());
        assertThat(problem.where()).contains("operator 'Fill'", "RefusedCopyTest.java:");
        assertThat(problem.why()).contains("the list is lazy and its file is gone");
    }
}
