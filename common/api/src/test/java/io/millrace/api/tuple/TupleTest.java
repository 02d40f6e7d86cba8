package io.millrace.api.tuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TupleTest {

    @Test
    void showsFieldsInParentheses() {
        assertThat(Tuple2.of("a", 1)).hasToString("(a,1)");
        assertThat(Tuple3.of("a", Tuple1.of(2L), null)).hasToString("(a,(2),null)");
        assertThat(Tuple2.of(new int[] {1, 2}, new String[] {"x", null})).hasToString("([1, 2],[x, null])");
        assertThat(Tuple0.INSTANCE).hasToString("()");
    }

    @Test
    void swapsTwoFields() {
        assertThat(Tuple2.of("a", 1).swap()).isEqualTo(Tuple2.of(1, "a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25})
    void everyArityReadsWritesAndCompares(int arity) throws Exception {
        Tuple tuple = create(arity, 0);
        assertThat(tuple.getArity()).isEqualTo(arity);
        List<Object> fields = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
            fields.add(tuple.getField(i));
            assertThat(tuple.getClass().getField("f" + i).get(tuple)).isEqualTo(i);
        }
        assertThat(fields).containsExactlyElementsOf(numbers(arity, 0));
        assertThat(tuple).isEqualTo(create(arity, 0)).hasSameHashCodeAs(create(arity, 0));

        for (int i = 0; i < arity; i++) {
            Tuple changed = tuple.copy();
            assertThat(changed).isEqualTo(tuple).isNotSameAs(tuple);
            changed.setField(-1, i);
            assertThat(changed).as("field " + i).isNotEqualTo(tuple);
        }
        assertThatThrownBy(() -> tuple.getField(arity)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tuple.setField(1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 25})
    void fieldsAreSetTogether(int arity) throws Exception {
        Tuple tuple = (Tuple) classOf(arity).getConstructor().newInstance();
        for (Method method : classOf(arity).getMethods()) {
            if (method.getName().equals("setFields")) {
                method.invoke(tuple, numbers(arity, 3).toArray());
            }
        }
        assertThat(tuple).isEqualTo(create(arity, 3));
    }

    private static Tuple create(int arity, int first) throws Exception {
        for (Constructor<?> constructor : classOf(arity).getConstructors()) {
            if (constructor.getParameterCount() == arity) {
                return (Tuple) constructor.newInstance(numbers(arity, first).toArray());
            }
        }
        throw new AssertionError("no constructor for all fields");
    }

    private static Class<?> classOf(int arity) throws ClassNotFoundException {
        return Class.forName("io.millrace.api.tuple.Tuple" + arity);
    }

    private static List<Object> numbers(int count, int first) {
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(first + i);
        }
        return numbers;
    }
}
