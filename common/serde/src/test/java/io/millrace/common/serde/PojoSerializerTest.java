package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.PojoType;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.Types;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.serde.elsewhere.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PojoSerializerTest {

    static class Customer extends Entity<String> {
        protected @Nullable String name;
    }

    /** Nobody but its nest can see it or create it. */
    @SuppressWarnings("EffectivelyPrivate") // accessors are public by rule
    private static final class Hidden {
        private int number;

        private Hidden() {}

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    static final class Box<T> {
        public @Nullable T content;
        public @Nullable List<T> more;
    }

    static final class Untyped {
        public @Nullable Object payload;
        public @Nullable List<?> list;
    }

    static class Node {
        public int id;
        public @Nullable Node left;
        public List<Node> others = new ArrayList<>();
    }

    static final class Leaf extends Node {
        public @Nullable String text;
    }

    /** Kept by its subclass alone. */
    static final class Stubborn extends Node {
        final int fixed = 3;
    }

    @Test
    void privateStateOfAClassInAnotherPackageIsReachedThroughItsAccessors() {
        Customer customer = new Customer();
        customer.setKey("k");
        customer.setVersion(7);
        customer.setDeleted(true);
        customer.visible = 2;
        customer.name = "n";
        TypeInformation<Customer> type = TypeInformation.of(Customer.class);
        for (Customer back : List.of(
                Serializers.roundTrip(type, customer), Serializers.of(type).copy(customer))) {
            assertThat(back).isNotSameAs(customer);
            assertThat(back.getKey()).isEqualTo("k");
            assertThat(back.getVersion()).isEqualTo(7);
            assertThat(back.isDeleted()).isTrue();
            assertThat(back.visible).isEqualTo(2);
            assertThat(back.name).isEqualTo("n");
        }
        KeyHasher<Customer> hasher = Serializers.hasher(type);
        Customer same = Serializers.roundTrip(type, customer);
        assertThat(hasher.equal(customer, same)).isTrue();
        same.setDeleted(false);
        assertThat(hasher.equal(customer, same)).isFalse();
    }

    @Test
    void privateClassWithAPrivateConstructorIsCreatedAllTheSame() {
        Hidden hidden = new Hidden();
        hidden.setNumber(5);
        assertThat(Serializers.roundTrip(TypeInformation.of(Hidden.class), hidden)
                        .getNumber())
                .isEqualTo(5);
    }

    @Test
    void genericClassIsWrittenWithItsArguments() {
        TypeInformation<Box<Long>> type = TypeInformation.of(new TypeHint<Box<Long>>() {});
        Box<Long> box = new Box<>();
        box.content = 5L;
        box.more = new ArrayList<>(List.of(6L));
        assertThat(Serializers.hex(Serializers.of(type), box))
                .isEqualTo("00" + "0500000000000000" + "02" + "0600000000000000");
        Box<Long> back = Serializers.roundTrip(type, box);
        assertThat(back.content).isEqualTo(5L);
        assertThat(back.more).containsExactly(6L);
    }

    @Test
    void typesGivenForFieldsWin() {
        TypeInformation<Untyped> type =
                Types.POJO(Untyped.class, Map.of("payload", Types.STRING, "list", Types.LIST(Types.INT)));
        Untyped value = new Untyped();
        value.payload = "a";
        value.list = new ArrayList<>(List.of(1));
        assertThat(Serializers.hex(Serializers.of(type), value)).isEqualTo("00" + "02" + "01000000" + "0261");
        assertThat(Serializers.roundTrip(type, value).payload).isEqualTo("a");
        assertThat(type).isNotEqualTo(new PojoType<>(Untyped.class, List.of()));
    }

    @Test
    void subclassesInsideATreeKeepTheirClass() {
        Leaf leaf = new Leaf();
        leaf.id = 2;
        leaf.text = "leaf";
        Node root = new Node();
        root.id = 1;
        root.left = leaf;
        root.others.add(leaf);
        root.others.add(new Node());
        TypeSerializer<Node> channel = Serializers.of(TypeInformation.of(Node.class));
        byte[] first = Serializers.bytes(channel, root);
        assertThat(Serializers.bytes(channel, root))
                .as("nothing depends on what was written before")
                .isEqualTo(first);
        for (Node back : List.of(Serializers.read(channel.duplicate(), first), channel.copy(root))) {
            assertThat(back.left).isInstanceOf(Leaf.class).isNotSameAs(leaf);
            assertThat(((Leaf) Objects.requireNonNull(back.left)).text).isEqualTo("leaf");
            assertThat(back.others).hasSize(2);
            assertThat(back.others.get(0)).isInstanceOf(Leaf.class);
            assertThat(back.others.get(1)).isExactlyInstanceOf(Node.class);
        }
    }

    @Test
    void subclassWithoutASerializerIsRefusedAtItsFirstValue() {
        Node root = new Node();
        root.left = new Stubborn();
        TypeSerializer<Node> serializer = Serializers.of(TypeInformation.of(Node.class));
        MillraceException refusal =
                catchThrowableOfType(MillraceException.class, () -> Serializers.bytes(serializer, root));
        assertThat(refusal.problem().where())
                .isEqualTo("PojoSerializerTest.Node holding PojoSerializerTest.Stubborn.fixed");
        assertThat(refusal.problem().why()).contains("final");
    }
}
