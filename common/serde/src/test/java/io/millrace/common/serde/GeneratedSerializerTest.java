package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.CompositeType;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratedSerializerTest {

    record Event(String userId, String sessionId, String action, long timestamp, double amount, int flags) {}

    private record Secret(String name, @Nullable Long number, Instant at) {}

    record Pair<A, B>(A first, B second) {}

    record Empty() {}

    record Tree(String label, List<Tree> children) {}

    record Chain(int value, Optional<Chain> next) {}

    enum Level {
        LOW,
        HIGH
    }

    record Everything(
            boolean flag,
            byte small,
            short medium,
            char letter,
            int count,
            long total,
            float ratio,
            double amount,
            @Nullable Boolean boxedFlag,
            @Nullable Byte boxedSmall,
            @Nullable Short boxedMedium,
            @Nullable Character boxedLetter,
            @Nullable Integer boxedCount,
            @Nullable Long boxedTotal,
            @Nullable Float boxedRatio,
            @Nullable Double boxedAmount,
            @Nullable String text,
            @Nullable Level level,
            @Nullable Secret secret,
            @Nullable Map<String, List<Level>> byName) {}

    static class Parent {
        protected int inherited;
    }

    static class Account extends Parent {
        private @Nullable String owner;
        long balance;
        List<String> tags = new ArrayList<>();
        transient int cached = 7;

        public @Nullable String getOwner() {
            return owner;
        }

        public void setOwner(@Nullable String owner) {
            throw new AssertionError("state is read and written directly where it can be reached");
        }
    }

    static final class Premium extends Account {
        double bonus;
    }

    @Test
    void recordComesBackEqual() {
        Event event = new Event("user-1", "s", "click", 17L, -0.5, 3);
        assertThat(Serializers.roundTrip(TypeInformation.of(Event.class), event))
                .isEqualTo(event);
    }

    @Test
    void privateNestedRecordNeedsNoOpening() {
        Secret secret = new Secret("n", null, Instant.ofEpochSecond(5, 6));
        assertThat(Serializers.roundTrip(TypeInformation.of(Secret.class), secret))
                .isEqualTo(secret);
    }

    @Test
    void everyKindOfFieldComesBackWithAndWithoutNulls() {
        Everything full = new Everything(
                true,
                (byte) -1,
                (short) -2,
                'ü',
                -3,
                Long.MIN_VALUE,
                1.5f,
                Double.NaN,
                false,
                (byte) 1,
                (short) 2,
                'x',
                3,
                4L,
                5f,
                6d,
                "text",
                Level.HIGH,
                new Secret("s", 1L, Instant.EPOCH),
                Map.of("k", List.of(Level.LOW)));
        Everything none = new Everything(
                false, (byte) 0, (short) 0, 'a', 0, 0, 0, 0, null, null, null, null, null, null, null, null, null, null,
                null, null);
        TypeInformation<Everything> type = TypeInformation.of(Everything.class);
        assertThat(Serializers.roundTrip(type, full)).isEqualTo(full);
        assertThat(Serializers.roundTrip(type, none)).isEqualTo(none);
        assertThat(Serializers.of(type).copy(full)).isEqualTo(full).isNotSameAs(full);
        assertThat(Serializers.of(type).copy(none)).isEqualTo(none);
    }

    @Test
    void recordWithoutComponentsTakesOneByte() {
        assertThat(Serializers.hex(Serializers.of(TypeInformation.of(Empty.class)), new Empty()))
                .isEqualTo("00");
        assertThat(Serializers.roundTrip(TypeInformation.of(new TypeHint<List<Empty>>() {}), List.of(new Empty())))
                .containsExactly(new Empty());
    }

    @Test
    void genericRecordIsWrittenWithItsArguments() {
        TypeInformation<Pair<String, Pair<Integer, Long>>> type =
                TypeInformation.of(new TypeHint<Pair<String, Pair<Integer, Long>>>() {});
        Pair<String, Pair<Integer, Long>> value = new Pair<>("a", new Pair<>(1, 2L));
        assertThat(Serializers.roundTrip(type, value)).isEqualTo(value);
        assertThat(Serializers.of(type).copy(value)).isSameAs(value);
    }

    @Test
    void classKeepsItsStateAndItsSubclass() {
        Premium premium = new Premium();
        premium.inherited = 1;
        ((Account) premium).owner = "me";
        premium.balance = 2;
        premium.tags.add("x");
        premium.bonus = 0.25;
        premium.cached = 9;
        TypeInformation<Account> type = TypeInformation.of(Account.class);
        for (Account back : List.of(
                Serializers.roundTrip(type, premium), Serializers.of(type).copy(premium))) {
            assertThat(back).isInstanceOf(Premium.class).isNotSameAs(premium);
            assertThat(((Premium) back).bonus).isEqualTo(0.25);
            assertThat(back.inherited).isEqualTo(1);
            assertThat(back.getOwner()).isEqualTo("me");
            assertThat(back.balance).isEqualTo(2);
            assertThat(back.tags).containsExactly("x").isNotSameAs(premium.tags);
            assertThat(back.cached).isEqualTo(7);
        }
    }

    @Test
    void fieldThatItsConstructorFillsCanBeNull() {
        Account account = new Account();
        account.tags = Objects.requireNonNullElse(null, new ArrayList<>());
        account.tags.add(null);
        assertThat(Serializers.roundTrip(TypeInformation.of(Account.class), account).tags)
                .containsExactly((String) null);
    }

    @Test
    void valuesOfATypeInsideItselfComeBack() {
        Tree tree =
                new Tree("root", List.of(new Tree("a", List.of()), new Tree("b", List.of(new Tree("c", List.of())))));
        assertThat(Serializers.roundTrip(TypeInformation.of(Tree.class), tree)).isEqualTo(tree);
        assertThat(Serializers.of(TypeInformation.of(Tree.class)).duplicate().copy(tree))
                .isEqualTo(tree);
        Chain chain = new Chain(1, Optional.of(new Chain(2, Optional.empty())));
        assertThat(Serializers.roundTrip(TypeInformation.of(Chain.class), chain))
                .isEqualTo(chain);
    }

    @Test
    void fieldsCanBeListedForKeysByName() {
        CompositeType<?> type = (CompositeType<?>) TypeInformation.of(Event.class);
        assertThat(type.field("timestamp")).isPresent();
        assertThat(type.field("nothing")).isEmpty();
    }

    @Test
    void severalValuesFollowEachOtherInOneBuffer() {
        TypeSerializer<Event> serializer = Serializers.of(TypeInformation.of(Event.class));
        BinaryWriter out = new BinaryWriter(16);
        List<Event> events = List.of(
                new Event("a", "bb", "", 1, 1, 1),
                new Event("Grüße", "日本", "\uD83D", 2, 2, 2),
                new Event("", "", "", 3, 3, 3));
        events.forEach(event -> serializer.serialize(event, out));
        BinaryReader in = new BinaryReader();
        in.reset(out.bytes(), 0, out.position());
        for (Event event : events) {
            assertThat(serializer.deserialize(in)).isEqualTo(event);
        }
        assertThat(in.remaining()).isZero();
    }
}
