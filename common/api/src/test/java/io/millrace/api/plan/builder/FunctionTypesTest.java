package io.millrace.api.plan.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What each way of writing a function tells of its result. */
class FunctionTypesTest {

    private static final Type PAIR = JavaTypes.of(new TypeHint<Tuple2<String, Long>>() {}.getTypeInfo());

    record Box<X>(X value) {
        static <Y> Box<Y> around(Y value) {
            return new Box<>(value);
        }

        X content() {
            return value;
        }
    }

    static final class Length implements MapFunction<String, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer map(String value) {
            return value.length();
        }
    }

    static class Boxing<V> extends RichMapFunction<V, Box<V>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Box<V> map(V value) {
            return new Box<>(value);
        }
    }

    static final class BoxingNumbers extends Boxing<Long> {
        private static final long serialVersionUID = 1L;
    }

    static final class Swapping<A, B> implements MapFunction<Tuple2<A, B>, Tuple2<B, A>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple2<B, A> map(Tuple2<A, B> value) {
            return value.swap();
        }
    }

    @FunctionalInterface
    interface Measuring extends MapFunction<String, Integer> {}

    @SuppressWarnings("rawtypes")
    static final class Raw implements MapFunction {
        private static final long serialVersionUID = 1L;

        @Override
        public Object map(Object value) {
            return value;
        }
    }

    static List<Tuple2<String, Long>> pairs(String text) {
        return List.of(Tuple2.of(text, 1L));
    }

    static void words(String text, Collector<Tuple2<String, Integer>> out) {
        out.collect(Tuple2.of(text, 1));
    }

    Map<String, Integer> instanceMethod(String text) {
        return Map.of(text, 1);
    }

    private record Case(String name, Object function, Class<?> functionInterface, Type input, String expected) {}

    private static <I, O> Case map(String name, MapFunction<I, O> function, Type input, String expected) {
        return new Case(name, function, MapFunction.class, input, expected);
    }

    private static <I, O> Case flatMap(String name, FlatMapFunction<I, O> function, Type input, String expected) {
        return new Case(name, function, FlatMapFunction.class, input, expected);
    }

    @TestFactory
    Stream<DynamicTest> resultOfFunctions() {
        String prefix = "captured ";
        MapFunction<String, Object> widened = String::length;
        Measuring own = text -> text.length();
        return Stream.of(
                        map("class", new Length(), String.class, "Integer"),
                        map(
                                "generic class, from the input",
                                new Boxing<>(),
                                String.class,
                                "FunctionTypesTest.Box<String>"),
                        map(
                                "generic class, arguments of a subclass",
                                new BoxingNumbers(),
                                Long.class,
                                "FunctionTypesTest.Box<Long>"),
                        map("generic class, from inside the input", new Swapping<>(), PAIR, "Tuple2<Long, String>"),
                        new Case("raw class", new Raw(), MapFunction.class, String.class, "Object"),
                        map(
                                "anonymous class",
                                new MapFunction<String, Tuple2<String, List<Long>>>() {
                                    private static final long serialVersionUID = 1L;

                                    @Override
                                    public Tuple2<String, List<Long>> map(String value) {
                                        return Tuple2.of(value, List.of());
                                    }
                                },
                                String.class,
                                "Tuple2<String, List<Long>>"),
                        map("lambda of a plain class", (String text) -> text.length(), String.class, "Integer"),
                        map("lambda that captures", (String text) -> prefix + text, String.class, "String"),
                        map(
                                "lambda of a generic class",
                                (String text) -> Tuple2.of(text, 1),
                                String.class,
                                "Tuple2<Object, Object>"),
                        map("lambda of a widened result", widened, String.class, "Integer"),
                        map("lambda of an interface of the user's", own, String.class, "Integer"),
                        map("static method", FunctionTypesTest::pairs, String.class, "List<Tuple2<String, Long>>"),
                        map("method of an object", this::instanceMethod, String.class, "Map<String, Integer>"),
                        map(
                                "method of the element",
                                (MapFunction<String, String>) String::trim,
                                String.class,
                                "String"),
                        map("primitive result", String::length, String.class, "Integer"),
                        map(
                                "generic method",
                                (MapFunction<String, Box<String>>) Box::around,
                                String.class,
                                "FunctionTypesTest.Box<String>"),
                        map(
                                "method of a generic element",
                                (MapFunction<Box<Long>, Long>) Box::content,
                                JavaTypes.of(new TypeHint<Box<Long>>() {}.getTypeInfo()),
                                "Long"),
                        map(
                                "constructor",
                                (MapFunction<String, Box<String>>) Box::new,
                                String.class,
                                "FunctionTypesTest.Box<String>"),
                        flatMap(
                                "lambda with a collector",
                                (String text, Collector<Integer> out) -> out.collect(text.length()),
                                String.class,
                                "Object"),
                        flatMap(
                                "method with a collector",
                                FunctionTypesTest::words,
                                String.class,
                                "Tuple2<String, Integer>"))
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    TypeInformation<?> found = FunctionTypes.argument(
                                    each.function(), each.functionInterface(), 1, Map.of(0, each.input()))
                            .information();
                    assertThat(found.describe()).isEqualTo(each.expected());
                }));
    }

    @Test
    void accumulatorAndResultOfAnAggregateAreFound() {
        AggregateFunction<String, Tuple2<Long, Long>, Double> average = new AggregateFunction<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Tuple2<Long, Long> createAccumulator() {
                return Tuple2.of(0L, 0L);
            }

            @Override
            public Tuple2<Long, Long> add(String value, Tuple2<Long, Long> sum) {
                return Tuple2.of(sum.f0 + value.length(), sum.f1 + 1);
            }

            @Override
            public Double getResult(Tuple2<Long, Long> sum) {
                return (double) sum.f0 / sum.f1;
            }

            @Override
            public Tuple2<Long, Long> merge(Tuple2<Long, Long> a, Tuple2<Long, Long> b) {
                return Tuple2.of(a.f0 + b.f0, a.f1 + b.f1);
            }
        };
        assertThat(describe(average, AggregateFunction.class, 1)).isEqualTo("Tuple2<Long, Long>");
        assertThat(describe(average, AggregateFunction.class, 2)).isEqualTo("Double");
    }

    static final class Keeping<K, T> extends KeyedProcessFunction<K, T, Tuple2<K, T>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(T value, Context ctx, Collector<Tuple2<K, T>> out) {
            out.collect(Tuple2.of(ctx.getCurrentKey(), value));
        }
    }

    @Test
    void keyAndElementBindTheVariablesOfAProcessFunction() {
        assertThat(FunctionTypes.argument(
                                new Keeping<>(), KeyedProcessFunction.class, 2, Map.of(0, Integer.class, 1, PAIR))
                        .information()
                        .describe())
                .isEqualTo("Tuple2<Integer, Tuple2<String, Long>>");
    }

    @Test
    void tagTellsItsTypeByItsAnonymousClass() {
        assertThat(FunctionTypes.ofTag(new OutputTag<List<String>>("late") {})
                        .information()
                        .describe())
                .isEqualTo("List<String>");
        assertThat(FunctionTypes.ofTag(new OutputTag<>("late", TypeInformation.of(String.class)))
                        .information()
                        .describe())
                .isEqualTo("String");
        assertThat(FunctionTypes.ofTag(new OutputTag<String>("late"))
                        .information()
                        .describe())
                .isEqualTo("Object");
    }

    private static String describe(Object function, Class<?> functionInterface, int index) {
        return FunctionTypes.argument(function, functionInterface, index, Map.of(0, String.class))
                .information()
                .describe();
    }
}
