package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeErrors;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import io.millrace.common.core.error.MillraceException;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // types that users have
class ContainerSerializerTest {

    record Chain(int value, Optional<Chain> next) {}

    record Node(List<Node> children) {}

    sealed interface Result<T> permits Good, Bad {}

    record Good<V>(V value) implements Result<V> {}

    record Bad<V>(String reason) implements Result<V> {}

    record Temperature(double degrees) {}

    /** Tenths of a degree in two bytes. */
    public static final class TemperatureSerializer extends TypeSerializer<Temperature> {
        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public Temperature copy(Temperature value) {
            return value;
        }

        @Override
        public void serialize(Temperature value, BinaryWriter out) {
            out.writeShort((int) Math.round(value.degrees() * 10));
        }

        @Override
        public Temperature deserialize(BinaryReader in) {
            return new Temperature(in.readShort() / 10.0);
        }
    }

    abstract static class Uncreatable extends TypeSerializer<Temperature> {}

    @Test
    void declaredClassesComeBackAndInterfacesAsTheirStandardClass() {
        assertThat(Serializers.roundTrip(
                        TypeInformation.of(new TypeHint<LinkedList<Integer>>() {}), new LinkedList<>(List.of(1))))
                .isInstanceOf(LinkedList.class)
                .containsExactly(1);
        assertThat(Serializers.roundTrip(
                        TypeInformation.of(new TypeHint<Deque<Integer>>() {}), new ArrayDeque<>(List.of(2, 1))))
                .isInstanceOf(LinkedList.class)
                .containsExactly(2, 1);
        assertThat(Serializers.roundTrip(
                        TypeInformation.of(new TypeHint<TreeMap<String, Integer>>() {}), new TreeMap<>(Map.of("a", 1))))
                .isEqualTo(Map.of("a", 1));
        assertThat(Serializers.roundTrip(Types.SET(Types.INT), Set.of(7))).containsExactly(7);
    }

    @Test
    void nullElementsKeepTheirPlaces() {
        List<@Nullable String> values = Arrays.asList(null, "a", null);
        assertThat(Serializers.roundTrip(Types.LIST(Types.STRING), values)).isEqualTo(values);
        assertThat(Serializers.of(Types.LIST(Types.STRING)).copy(values)).isEqualTo(values);
        assertThat(Serializers.roundTrip(Types.OBJECT_ARRAY(Types.STRING), new String[] {null, "x"}))
                .isEqualTo(new String[] {null, "x"});
    }

    @Test
    void copiesShareNothingChangeable() {
        TypeInformation<Map<String, List<int[]>>> type =
                TypeInformation.of(new TypeHint<Map<String, List<int[]>>>() {});
        Map<String, List<int[]>> value = Map.of("a", new ArrayList<>(List.of(new int[] {1})));
        Map<String, List<int[]>> copy = Serializers.of(type).copy(value);
        value.get("a").get(0)[0] = 2;
        value.get("a").add(new int[0]);
        assertThat(copy.get("a")).hasSize(1);
        assertThat(copy.get("a").get(0)).containsExactly(1);
        Tuple2<String, Date> tuple = Tuple2.of("a", new Date(5));
        TypeSerializer<Tuple2<String, Date>> tuples = Serializers.of(new TypeHint<Tuple2<String, Date>>() {});
        Tuple2<String, Date> copied = tuples.copy(tuple);
        tuple.f0 = "b";
        tuple.f1.setTime(6);
        assertThat(copied).isEqualTo(Tuple2.of("a", new Date(5)));
        assertThat(tuples.isImmutableType()).isFalse();
    }

    @Test
    void orderOfAComparatorIsRefusedWithItsPlace() {
        TypeSerializer<Tuple2<Integer, TreeSet<String>>> type =
                Serializers.of(new TypeHint<Tuple2<Integer, TreeSet<String>>>() {});
        Tuple2<Integer, TreeSet<String>> value = Tuple2.of(1, new TreeSet<>(Comparator.reverseOrder()));
        assertThat(refusal(() -> type.serialize(value, new BinaryWriter(8)))
                        .problem()
                        .where())
                .endsWith(".f1");
        assertThat(refusal(() -> type.copy(value)).code()).isEqualTo(TypeErrors.TYPE_NOT_SERIALIZABLE.name());
        Queue<Integer> byPriority = new PriorityQueue<>(List.of(3, 1));
        assertThat(refusal(() -> Serializers.of(new TypeHint<Queue<Integer>>() {})
                                .copy(byPriority))
                        .code())
                .isEqualTo(TypeErrors.TYPE_NOT_SERIALIZABLE.name());
    }

    @Test
    void dateThatIsATimestampIsNotCutShort() {
        assertThat(refusal(() -> Serializers.of(TypeInformation.of(Date.class)).copy(new Timestamp(5)))
                        .problem()
                        .what())
                .contains("java.sql.Timestamp");
    }

    @Test
    void chainOverTheLimitIsRefusedAndNotAStackOverflow() {
        Chain chain = new Chain(0, Optional.empty());
        for (int i = 1; i <= 100_000; i++) {
            chain = new Chain(i, Optional.of(chain));
        }
        Chain whole = chain;
        TypeSerializer<Chain> serializer = Serializers.of(TypeInformation.of(Chain.class));
        assertThat(refusal(() -> serializer.serialize(whole, new BinaryWriter(8)))
                        .code())
                .isEqualTo(TypeErrors.VALUE_NESTED_TOO_DEEP.name());
        Chain allowed = new Chain(0, Optional.empty());
        for (int i = 1; i <= RecursiveSerializer.MAX_LEVELS; i++) {
            allowed = new Chain(i, Optional.of(allowed));
        }
        byte[] bytes = Serializers.bytes(serializer, allowed);
        assertThat(Serializers.read(serializer, bytes).value()).isEqualTo(RecursiveSerializer.MAX_LEVELS);
    }

    @Test
    void duplicatesOfARecursiveTypeCountTheirLevelsApart() {
        TypeSerializer<Chain> serializer = Serializers.of(TypeInformation.of(Chain.class));
        TypeSerializer<Chain> duplicate = serializer.duplicate();
        assertThat(duplicate).isNotSameAs(serializer).hasSameClassAs(serializer);
        Chain chain = new Chain(1, Optional.of(new Chain(2, Optional.empty())));
        assertThat(Serializers.read(duplicate, Serializers.bytes(serializer, chain)))
                .isEqualTo(chain);
    }

    @Test
    void cycleIsRefusedAndNotAStackOverflow() {
        Node node = new Node(new ArrayList<>());
        node.children().add(node);
        assertThat(refusal(() -> Serializers.of(TypeInformation.of(Node.class)).copy(node))
                        .code())
                .isEqualTo(TypeErrors.VALUE_NESTED_TOO_DEEP.name());
    }

    @Test
    void sealedTypeWritesTheIndexOfTheMember() {
        TypeInformation<Result<String>> type = TypeInformation.of(new TypeHint<Result<String>>() {});
        assertThat(Serializers.hex(Serializers.of(type), new Good<>("a"))).isEqualTo("01000261");
        assertThat(Serializers.roundTrip(type, new Bad<>("why"))).isEqualTo(new Bad<String>("why"));
    }

    @Test
    void ownSerializerIsUsedForItsType() {
        TypeInformation<List<Temperature>> type =
                Types.LIST(Types.CUSTOM(Temperature.class, TemperatureSerializer.class));
        assertThat(Serializers.hex(Serializers.of(type), List.of(new Temperature(1.2))))
                .isEqualTo("020c00");
        assertThat(Serializers.roundTrip(type, List.of(new Temperature(-3.5)))).containsExactly(new Temperature(-3.5));
        assertThat(refusal(() -> Serializers.of(Types.LIST(Types.CUSTOM(Temperature.class, Uncreatable.class))))
                        .problem()
                        .where())
                .isEqualTo("List<ContainerSerializerTest.Temperature>[]");
    }

    private static MillraceException refusal(ThrowingCallable code) {
        return catchThrowableOfType(MillraceException.class, code);
    }
}
