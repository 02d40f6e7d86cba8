package io.millrace.api.plan.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/** The reader of class files against classes with many kinds of instructions. */
class FieldReadsTest {

    /** Switches, wide increments and long constants stand before the one read, so a wrong length would miss it. */
    static final class Reading {
        private int plain;
        long written;

        long read(int which, String text, long[] values) {
            long sum = 0;
            switch (which) {
                case 1, 2, 3 -> sum += 1L << 40;
                case 7 -> sum -= values.length;
                default -> sum = (long) (sum * 3.5);
            }
            switch (text) {
                case "a" -> sum++;
                case "bb", "zzzzzzzz" -> sum--;
                default -> sum ^= 0xABCDEF;
            }
            for (int i = 0; i < values.length; i += 300) {
                sum += values[i] > 7 ? values[i] : 1;
            }
            Runnable lambda = () -> System.getProperty(text);
            Object[][] table = new Object[which][2];
            table[0][1] = lambda;
            return sum + plain;
        }

        void write() {
            written = 5;
        }
    }

    static final class Outer {
        private int seen;
        int unseen;

        final class Nested {
            int look() {
                return seen;
            }

            void set() {
                unseen = 1;
            }
        }
    }

    private static boolean isRead(Class<?> type, String field) throws NoSuchFieldException {
        Field found = type.getDeclaredField(field);
        return FieldReads.isRead(found);
    }

    @Test
    void readBehindManyInstructionsIsFound() throws Exception {
        assertThat(isRead(Reading.class, "plain")).isTrue();
        assertThat(isRead(Reading.class, "written")).isFalse();
    }

    @Test
    void readFromANestedClassIsFound() throws Exception {
        assertThat(isRead(Outer.class, "seen")).isTrue();
        assertThat(isRead(Outer.class, "unseen")).isFalse();
    }
}
