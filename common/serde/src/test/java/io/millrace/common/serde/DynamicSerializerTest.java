package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.TypeErrors;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import io.millrace.common.core.error.MillraceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DynamicSerializerTest {

    record Point(int x, int y) {}

    record Box(Object content) {}

    interface Shape {}

    record Circle(double radius) implements Shape {}

    record Drawing(Shape shape, List<? extends Shape> others) {}

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "top";
            }
        }
    }

    static final class NotOurs {
        final int value;

        NotOurs(int value) {
            this.value = value;
        }
    }

    @Test
    void everyElementOfAMixedCollectionKeepsItsClass() {
        List<Object> mixed =
                List.of("Hello", "World", 123, 45.67, true, 'c', (byte) 1, 5L, new Point(1, 2), Level.HIGH);
        TypeSerializer<Object> writer = Serializers.of(Types.DYNAMIC);
        TypeSerializer<Object> reader = Serializers.of(Types.DYNAMIC);
        for (Object element : mixed) {
            Object back = Serializers.read(reader, Serializers.bytes(writer, element));
            assertThat(back).isEqualTo(element).hasSameClassAs(element);
            assertThat(writer.copy(element)).isEqualTo(element);
        }
    }

    @Test
    void classIsNamedAtItsFirstUseOnly() {
        TypeSerializer<Object> writer = Serializers.of(Types.DYNAMIC);
        String name = Point.class.getName();
        byte[] first = Serializers.bytes(writer, new Point(1, 2));
        byte[] second = Serializers.bytes(writer, new Point(3, 4));
        assertThat(first).hasSize(1 + 1 + name.length() + 8).startsWith(64, 2 * name.length());
        assertThat(second).hasSize(1 + 8).startsWith(64);
        assertThat(Serializers.bytes(writer, new Circle(1)))
                .as("the next class has the next number")
                .startsWith(65, 2 * Circle.class.getName().length());
        assertThat(Serializers.bytes(writer.duplicate(), new Point(3, 4)))
                .as("a duplicate has announced nothing yet")
                .isNotEqualTo(second);
    }

    @Test
    void stateNamesTheClassEveryTime() {
        TypeSerializer<Object> writer = Serializers.ofState(Types.DYNAMIC);
        byte[] first = Serializers.bytes(writer, new Point(1, 2));
        assertThat(Serializers.bytes(writer, new Point(1, 2))).isEqualTo(first).startsWith(0);
        assertThat(Serializers.read(Serializers.of(Types.DYNAMIC), first)).isEqualTo(new Point(1, 2));
    }

    @Test
    void collectionsKeepTheirKindAndTheirOrder() {
        Map<String, Object> linked = new LinkedHashMap<>();
        linked.put("z", 1);
        linked.put("a", List.of(new Point(1, 2), "x"));
        List<Object> values = List.of(
                new ArrayList<>(Arrays.asList(1, null, "x")),
                new LinkedHashSet<>(List.of("b", "a")),
                new TreeSet<>(List.of("b", "a")),
                new HashMap<>(Map.of(1, 2L)),
                linked,
                new TreeMap<>(linked),
                Optional.of(Optional.empty()));
        for (Object value : values) {
            assertThat(Serializers.roundTrip(Types.DYNAMIC, value))
                    .isEqualTo(value)
                    .hasSameClassAs(value);
        }
        assertThat(Serializers.roundTrip(Types.DYNAMIC, linked).toString()).isEqualTo(linked.toString());
        assertThat(Serializers.roundTrip(Types.DYNAMIC, new ArrayDeque<>(List.of(1)))
                        .toString())
                .isEqualTo("[1]");
    }

    @Test
    void collectionsThatOnlyTheJdkCreatesComeBackAsTheirRelatives() {
        assertThat(Serializers.roundTrip(Types.DYNAMIC, List.of(1, 2)))
                .isEqualTo(List.of(1, 2))
                .isInstanceOf(ArrayList.class);
        assertThat(Serializers.roundTrip(Types.DYNAMIC, Arrays.asList(1, 2))).isEqualTo(List.of(1, 2));
        assertThat(Serializers.roundTrip(Types.DYNAMIC, Set.of(1)))
                .isEqualTo(Set.of(1))
                .isInstanceOf(LinkedHashSet.class);
        assertThat(Serializers.roundTrip(Types.DYNAMIC, Map.of(1, 2))).isEqualTo(Map.of(1, 2));
        assertThat(Serializers.roundTrip(Types.DYNAMIC, Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(1)))))
                .isInstanceOf(TreeSet.class);
    }

    @Test
    void arraysKeepTheirClass() {
        assertThat(Serializers.roundTrip(Types.DYNAMIC, new int[] {1, 2})).isEqualTo(new int[] {1, 2});
        assertThat(Serializers.roundTrip(Types.DYNAMIC, new String[] {"a", null}))
                .isEqualTo(new String[] {"a", null});
        assertThat(Serializers.roundTrip(Types.DYNAMIC, new Object[] {"a", new Point[] {new Point(1, 1)}}))
                .isEqualTo(new Object[] {"a", new Point[] {new Point(1, 1)}});
    }

    @Test
    void valuesInsideDynamicValuesShareTheDictionary() {
        TypeSerializer<Object> writer = Serializers.of(Types.DYNAMIC);
        TypeSerializer<Object> reader = Serializers.of(Types.DYNAMIC);
        Object value = new Box(List.of(new Point(1, 2), new Box(new Point(3, 4)), Tuple2.of("a", new Point(5, 6))));
        byte[] first = Serializers.bytes(writer, value);
        byte[] second = Serializers.bytes(writer, value);
        assertThat(second.length)
                .isLessThan(first.length - Point.class.getName().length());
        assertThat(Serializers.read(reader, first)).isEqualTo(value);
        assertThat(Serializers.read(reader, second)).isEqualTo(value);
    }

    @Test
    void fieldOfAnInterfaceKeepsTheClassOfItsValue() {
        TypeInformation<Drawing> type = TypeInformation.of(Drawing.class);
        Drawing drawing = new Drawing(new Circle(1), List.of(new Circle(2)));
        assertThat(Serializers.roundTrip(type, drawing)).isEqualTo(drawing);
        assertThat(type.isImmutableType()).isFalse();
    }

    @Test
    void classWithoutASerializerIsRefusedWithItsPlace() {
        MillraceException refusal = refusal(() -> Serializers.of(new TypeHint<Tuple2<String, Object>>() {})
                .serialize(Tuple2.of("a", new NotOurs(1)), new BinaryWriter(8)));
        assertThat(refusal.code()).isEqualTo(TypeErrors.TYPE_NOT_SERIALIZABLE.name());
        assertThat(refusal.problem().what()).contains(NotOurs.class.getName());
        assertThat(refusal.problem().where()).contains("Tuple2<String, Object>.f1");
        assertThat(refusal.problem().why()).contains("NotOurs() is missing");
        Runnable lambda = () -> {};
        for (Object bad : List.of(new Object(), lambda, new AtomicInteger(), Thread.currentThread())) {
            assertThat(refusal(() -> Serializers.of(Types.DYNAMIC).copy(bad)).code())
                    .isEqualTo(TypeErrors.TYPE_NOT_SERIALIZABLE.name());
        }
    }

    @Test
    void valueOutsideTheBoundIsDamage() {
        byte[] text = Serializers.bytes(Serializers.of(Types.DYNAMIC), "text");
        TypeSerializer<Shape> shapes = Serializers.of(new DynamicType<>(Shape.class));
        assertThat(refusal(() -> Serializers.read(shapes, text)).code()).isEqualTo(TypeErrors.VALUE_DAMAGED.name());
    }

    @Test
    void unknownNumbersAndClassesAreRefused() {
        assertThat(refusal(() -> Serializers.read(Serializers.of(Types.DYNAMIC), new byte[] {66}))
                        .code())
                .isEqualTo(TypeErrors.VALUE_DAMAGED.name());
        BinaryWriter out = new BinaryWriter(16);
        out.writeVarInt(0);
        out.writeString("no.such.Class");
        assertThat(refusal(() -> Serializers.read(
                                Serializers.of(Types.DYNAMIC), Arrays.copyOf(out.bytes(), out.position())))
                        .problem()
                        .what())
                .contains("no.such.Class");
    }

    @Test
    void valueThatContainsItselfIsRefusedAndNotAStackOverflow() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        TypeSerializer<Object> serializer = Serializers.of(Types.DYNAMIC);
        assertThat(refusal(() -> serializer.serialize(cycle, new BinaryWriter(8)))
                        .code())
                .isEqualTo(TypeErrors.VALUE_NESTED_TOO_DEEP.name());
        assertThat(refusal(() -> serializer.copy(cycle)).code()).isEqualTo(TypeErrors.VALUE_NESTED_TOO_DEEP.name());
        assertThat(serializer.copy("still usable")).isEqualTo("still usable");
    }

    private static MillraceException refusal(ThrowingCallable code) {
        return catchThrowableOfType(MillraceException.class, code);
    }
}
