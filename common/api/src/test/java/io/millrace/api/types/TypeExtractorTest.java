package io.millrace.api.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.core.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypeExtractorTest {

    record Login(String user, Instant at, long attempts) {}

    record Pair<A, B>(A first, B second) {}

    record Tree(String label, List<Tree> children) {}

    record Chain(int value, Optional<Chain> next) {}

    record Spiral<T>(T value, @Nullable Spiral<List<T>> next) {}

    record Numbers<N extends Number, I extends Integer>(N any, I exact) {}

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "top";
            }
        }
    }

    sealed interface Shape permits Circle, Square, Named {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    sealed interface Named extends Shape permits Unit {}

    enum Unit implements Named {
        POINT
    }

    sealed interface Result<T> permits Good, Bad {}

    record Good<V>(V value) implements Result<V> {}

    record Bad<V>(String reason) implements Result<V> {}

    interface Open {}

    static class Base<T> {
        public @Nullable T inherited;
    }

    public static class Account extends Base<List<String>> {
        public int balance;
        private @Nullable String owner;
        transient int cached;

        public @Nullable String getOwner() {
            return owner;
        }

        public void setOwner(@Nullable String owner) {
            this.owner = owner;
        }
    }

    @Test
    void recordNamesItsFieldsInOrderOfDeclaration() {
        TypeInformation<Login> type = TypeInformation.of(Login.class);
        assertThat(fields(type)).containsExactly("user: String", "at: Instant", "attempts: Long");
        assertThat(type.isImmutableType()).isTrue();
        assertThat(type.describe()).isEqualTo("TypeExtractorTest.Login");
    }

    @Test
    void typeArgumentsReachTheFields() {
        TypeInformation<Pair<String, List<Integer>>> type =
                TypeInformation.of(new TypeHint<Pair<String, List<Integer>>>() {});
        assertThat(type.describe()).isEqualTo("TypeExtractorTest.Pair<String, List<Integer>>");
        assertThat(fields(type)).containsExactly("first: String", "second: List<Integer>");
        assertThat(type.isImmutableType()).isFalse();
    }

    @Test
    void typeParameterWithoutArgumentIsDynamicUnlessItsBoundIsFinal() {
        assertThat(TypeInformation.of(Pair.class))
                .isEqualTo(new RecordType<>(Pair.class, List.of(Types.DYNAMIC, Types.DYNAMIC)));
        assertThat(fields(TypeInformation.of(Numbers.class))).containsExactly("any: Number", "exact: Integer");
        assertThat(TypeInformation.of(Open.class)).isEqualTo(new DynamicType<>(Open.class));
    }

    @Test
    void typeVariableTakesTheArgumentHandedIn() {
        var parameter = Pair.class.getTypeParameters()[0];
        var component = Pair.class.getRecordComponents()[0].getGenericType();
        assertThat(TypeExtractor.forType(component, Map.of(parameter, Types.STRING)))
                .isEqualTo(Types.STRING);
    }

    @Test
    void collectionsKeepTheDeclaredKindAndTheirElements() {
        assertThat(TypeInformation.of(new TypeHint<Map<String, Set<Long>>>() {}))
                .isEqualTo(Types.MAP(Types.STRING, Types.SET(Types.LONG)));
        assertThat(TypeInformation.of(new TypeHint<TreeMap<String, ArrayList<int[]>>>() {})
                        .describe())
                .isEqualTo("TreeMap<String, ArrayList<int[]>>");
        assertThat(TypeInformation.of(new TypeHint<List<? extends Login>>() {}))
                .isEqualTo(Types.LIST(TypeInformation.of(Login.class)));
        assertThat(TypeInformation.of(new TypeHint<Pair<String, Long>[]>() {}).getTypeClass())
                .isEqualTo(Pair[].class);
    }

    @Test
    void classWithAccessorsHasItsFieldsSortedByNameIncludingInheritedOnes() {
        TypeInformation<Account> type = TypeInformation.of(Account.class);
        assertThat(fields(type)).containsExactly("balance: Integer", "inherited: List<String>", "owner: String");
        assertThat(type.isImmutableType()).isFalse();
    }

    @Test
    void typeMayContainItself() {
        assertThat(TypeInformation.of(Chain.class).isImmutableType()).isTrue();
        assertThat(TypeInformation.of(Tree.class).isImmutableType()).isFalse();
        assertThat(fields(TypeInformation.of(Tree.class)))
                .containsExactly("label: String", "children: List<TypeExtractorTest.Tree>");
    }

    @Test
    void typeThatContainsItselfWithoutEndIsRefused() {
        assertThat(refusal(() -> TypeInformation.of(new TypeHint<Spiral<String>>() {}))
                        .problem()
                        .why())
                .contains("without end");
    }

    @Test
    void sealedTypeListsItsMembersByName() {
        SealedType<?> shape = (SealedType<?>) TypeInformation.of(Shape.class);
        assertThat(shape.members())
                .extracting(TypeInformation::describe)
                .containsExactly("TypeExtractorTest.Circle", "TypeExtractorTest.Square", "TypeExtractorTest.Unit");
        assertThat(shape.isImmutableType()).isTrue();
        SealedType<?> result = (SealedType<?>) TypeInformation.of(new TypeHint<Result<String>>() {});
        assertThat(result.members())
                .extracting(TypeInformation::describe)
                .containsExactly("TypeExtractorTest.Bad<String>", "TypeExtractorTest.Good<String>");
    }

    @Test
    void constantWithABodyBelongsToItsEnum() {
        Object constant = Level.HIGH;
        assertThat(TypeInformation.of(constant.getClass())).isEqualTo(new EnumType<>(Level.class));
    }

    @Test
    void typesAreEqualByContentAndSurviveTheJourneyInAJobGraph() throws Exception {
        TypeInformation<?> type = TypeInformation.of(new TypeHint<Map<String, Pair<Account, Optional<Shape>>>>() {});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(type);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(type).isNotSameAs(type);
        }
    }

    static final class NoDefault {
        final String name;

        NoDefault(String name, int count) {
            this.name = name + count;
        }
    }

    record Holder(String id, List<Map<String, NoDefault>> inner) {}

    @Test
    void missingConstructorIsNamedWithTheFieldPathAndTheWayOut() {
        MillraceException refusal = refusal(() -> TypeInformation.of(Holder.class));
        assertThat(refusal.code()).isEqualTo("TYPE_NOT_SERIALIZABLE");
        assertThat(refusal.problem().what()).contains(NoDefault.class.getName());
        assertThat(refusal.problem().where()).isEqualTo("TypeExtractorTest.Holder.inner[]{value}");
        assertThat(refusal.problem().why()).contains("NoDefault() is missing").contains("NoDefault(String, int)");
        assertThat(refusal.problem().nextStep()).contains("Make it a record");
    }

    record WithRandom(Random random) {}

    @SuppressWarnings("ClassCanBeStatic")
    class Inner {}

    static class FinalField {
        final int value = 1;
    }

    static class Secret {
        private int value;

        public int getValue() {
            return value;
        }
    }

    static class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    static class Failure extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static class Shadowing extends Account {
        @SuppressWarnings("HidingField")
        public int balance;
    }

    @Test
    void otherRefusalsSayWhatIsWrong() {
        assertThat(refusal(() -> TypeInformation.of(WithRandom.class)).problem().where())
                .isEqualTo("TypeExtractorTest.WithRandom.random");
        assertThat(refusal(() -> TypeInformation.of(Inner.class)).problem().nextStep())
                .contains("static");
        assertThat(refusal(() -> TypeInformation.of(FinalField.class)).problem().why())
                .contains("value is final");
        assertThat(refusal(() -> TypeInformation.of(Secret.class)).problem().why())
                .contains("no public setter");
        assertThat(refusal(() -> TypeInformation.of(Words.class)).problem().why())
                .contains("collection");
        assertThat(refusal(() -> TypeInformation.of(Failure.class)).problem().why())
                .contains("java.lang.Exception");
        assertThat(refusal(() -> TypeInformation.of(Shadowing.class)).problem().why())
                .contains("same name balance");
        assertThat(refusal(() -> TypeInformation.of(new Object() {}.getClass()))
                        .problem()
                        .why())
                .contains("anonymous");
        assertThat(refusal(() -> Types.POJO(Account.class, Map.of("saldo", Types.INT)))
                        .problem()
                        .why())
                .contains("balance");
    }

    private static List<String> fields(TypeInformation<?> type) {
        return ((CompositeType<?>) type)
                .fields().stream()
                        .map(f -> f.name() + ": " + f.type().describe())
                        .toList();
    }

    private static MillraceException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable code) {
        return catchThrowableOfType(MillraceException.class, code);
    }
}
