package io.millrace.api.functions.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.tuple.Tuple3;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SumTest {

    record Visit(String user, int bytes, double seconds) {}

    private record Hidden(long count) {}

    public static class Counter {
        private String name = "";
        private int count;
        public Long total = 0L;

        public String getName() {
            return name;
        }

        public void setName(String newName) {
            name = newName;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int newCount) {
            count = newCount;
        }

        static Counter of(String name, int count, long total) {
            Counter counter = new Counter();
            counter.name = name;
            counter.count = count;
            counter.total = total;
            return counter;
        }
    }

    public static final class NamedCounter extends Counter {}

    @SuppressWarnings("unchecked")
    private static <T> FieldSum<T> sum(String field, T example) {
        return new FieldSum<>(SummedField.named(field, (TypeInformation<T>) TypeInformation.of(example.getClass())));
    }

    @Test
    void tupleIsSummedByPositionAndByName() throws Exception {
        Tuple3<String, Integer, Double> a = Tuple3.of("a", 1, 0.5);
        Tuple3<String, Integer, Double> b = Tuple3.of("b", 2, 1.5);
        FieldSum<Tuple3<String, Integer, Double>> byPosition =
                new FieldSum<>(SummedField.at(1, TypeInformation.of(a.getClass())));
        assertThat(byPosition.reduce(a, b)).isEqualTo(Tuple3.of("a", 3, 0.5));
        assertThat(sum("f2", a).reduce(a, b)).isEqualTo(Tuple3.of("a", 1, 2.0));
        assertThat(a).as("arguments stay as they are").isEqualTo(Tuple3.of("a", 1, 0.5));
    }

    @Test
    void recordIsSummedByName() throws Exception {
        Visit a = new Visit("a", 1, 0.5);
        assertThat(sum("bytes", a).reduce(a, new Visit("b", 2, 9))).isEqualTo(new Visit("a", 3, 0.5));
        Hidden hidden = new Hidden(4);
        assertThat(sum("count", hidden).reduce(hidden, hidden)).isEqualTo(new Hidden(8));
    }

    @Test
    void objectIsSummedByPublicFieldOrGetterAndSetter() throws Exception {
        Counter a = Counter.of("a", 1, 10);
        Counter summed = sum("count", a).reduce(a, Counter.of("b", 2, 20));
        assertThat(summed).usingRecursiveComparison().isEqualTo(Counter.of("a", 3, 10));
        assertThat(sum("total", a).reduce(a, summed).total).isEqualTo(20);
        assertThat(a.count).as("arguments stay as they are").isEqualTo(1);
        NamedCounter inherited = new NamedCounter();
        inherited.setCount(5);
        inherited.setName("n");
        NamedCounter both = sum("count", inherited).reduce(inherited, inherited);
        assertThat(both.getCount()).isEqualTo(10);
        assertThat(both.getName()).isEqualTo("n");
    }

    @Test
    void numbersAreSummedThemselves() throws Exception {
        assertThat(new FieldSum<Long>(SummedField.at(0, Types.LONG)).reduce(3L, 4L))
                .isEqualTo(7);
    }

    @Test
    void typeThatIsOnlyKnownByValueIsLookedAtThen() throws Exception {
        FieldSum<Object> sum = new FieldSum<>(SummedField.named("bytes", Types.DYNAMIC));
        assertThat(sum.reduce(new Visit("a", 1, 0), new Visit("b", 2, 0))).isEqualTo(new Visit("a", 3, 0));
        assertThatThrownBy(() -> sum.reduce("text", "text")).hasMessageContaining("[FIELD_NOT_SUMMABLE]");
        FieldSum<Object> second = new FieldSum<>(SummedField.at(1, Types.DYNAMIC));
        assertThatThrownBy(() -> second.reduce(Tuple3.of(1, "x", 2), Tuple3.of(1, "y", 2)))
                .hasMessageContaining("its value is x, not a number");
    }

    @Test
    void fieldsThatAreNoSumsAreRefused() {
        assertThatThrownBy(() -> SummedField.at(-1, Types.LONG)).hasMessageContaining("positions count from 0");
        assertThatThrownBy(() -> sum("name", new Counter())).hasMessageContaining("it is a java.lang.String");
        assertThatThrownBy(() -> sum("missing", new Counter())).hasMessageContaining("no getter and setter");
    }

    @Property
    void longsAndIntsWrapAroundAsInJava(@ForAll long a, @ForAll long b, @ForAll int c, @ForAll int d) {
        assertThat(Numbers.add(a, b)).isEqualTo(a + b);
        assertThat(Numbers.add(c, d)).isEqualTo(c + d);
        assertThat(Numbers.add(c, a)).isEqualTo(c + a);
    }

    @Test
    void theWiderTypeDecides() {
        assertThat(Numbers.add((byte) 100, (byte) 100)).isEqualTo((byte) -56);
        assertThat(Numbers.add((short) 1, (byte) 1)).isEqualTo((short) 2);
        assertThat(Numbers.add(1, 2.5f)).isEqualTo(3.5f);
        assertThat(Numbers.add(1L, 2.5)).isEqualTo(3.5);
        assertThat(Numbers.add(BigInteger.TWO, BigInteger.TEN)).isEqualTo(BigInteger.valueOf(12));
        assertThat(Numbers.add(BigDecimal.ONE, 2)).isEqualTo(BigDecimal.valueOf(3));
        assertThat(Numbers.add(BigInteger.TWO, 1L)).isEqualTo(BigInteger.valueOf(3));
        assertThatThrownBy(() -> Numbers.add(new java.util.concurrent.atomic.AtomicLong(), 1))
                .hasMessageContaining("[FIELD_NOT_SUMMABLE]");
    }

    @Test
    void selectedSumStartsAtItsZeroAndMerges() {
        SelectedSum<String, Integer> lengths = new SelectedSum<>(String::length, Integer.class);
        Integer some = lengths.add("abc", lengths.createAccumulator());
        assertThat(lengths.getResult(lengths.merge(some, lengths.add("de", lengths.createAccumulator()))))
                .isEqualTo(5);
        SelectedSum<String, Number> unknown = new SelectedSum<>(text -> 0.5, Number.class);
        assertThat(unknown.add("a", unknown.createAccumulator())).isEqualTo(0.5);
        assertThat(new SelectedSum<String, BigDecimal>(text -> BigDecimal.ONE, BigDecimal.class).createAccumulator())
                .isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void countCounts() {
        CountAggregate<String> count = new CountAggregate<>();
        assertThat(count.merge(count.add("a", count.createAccumulator()), count.add("b", 4L)))
                .isEqualTo(6);
    }
}
