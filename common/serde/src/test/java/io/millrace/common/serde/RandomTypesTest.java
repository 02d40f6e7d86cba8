package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.serde.RandomTypes.Sample;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RandomTypesTest {

    @Property(tries = 150)
    void valueComesBackEqualAndSoDoesItsCopy(@ForAll long seed) {
        Random random = new Random(seed);
        Sample sample = RandomTypes.next(random, 4, false);
        TypeSerializer<Object> writer = Serializers.of(typeOf(sample));
        TypeSerializer<Object> reader = writer.duplicate();
        TypeSerializer<Object> copier = writer.duplicate();
        for (int i = 0; i < 5; i++) {
            Object value = sample.values().apply(random);
            byte[] bytes = Serializers.bytes(writer, value);
            assertThat(bytes).isNotEmpty();
            assertThat(Serializers.read(reader, bytes))
                    .as(sample.type().describe())
                    .isEqualTo(value);
            assertThat(copier.copy(value)).as(sample.type().describe()).isEqualTo(value);
        }
    }

    @Property(tries = 80)
    void stateBytesCanBeReadByAnyoneInAnyOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Sample sample = RandomTypes.next(random, 3, false);
        TypeSerializer<Object> writer = Serializers.ofState(typeOf(sample));
        Object first = sample.values().apply(random);
        byte[] ignored = Serializers.bytes(writer, first);
        Object second = sample.values().apply(random);
        byte[] bytes = Serializers.bytes(writer, second);
        assertThat(Serializers.read(Serializers.ofState(typeOf(sample)), bytes)).isEqualTo(second);
        assertThat(Serializers.read(Serializers.of(typeOf(sample)), ignored)).isEqualTo(first);
        assertThat(Serializers.bytes(Serializers.ofState(typeOf(sample)), second))
                .isEqualTo(bytes);
    }

    @Property(tries = 80)
    void keyThatCameBackHasTheSameHashAndIsEqual(@ForAll long seed) {
        Random random = new Random(seed);
        Sample sample = RandomTypes.next(random, 3, true);
        KeyHasher<Object> hasher = Serializers.hasher(typeOf(sample));
        KeyHasher<Object> other = Serializers.hasher(typeOf(sample));
        Object key = sample.values().apply(random);
        Object back = Serializers.roundTrip(typeOf(sample), key);
        assertThat(other.hash(back)).isEqualTo(hasher.hash(key));
        assertThat(hasher.equal(key, back)).isTrue();
        Object another = sample.values().apply(random);
        assertThat(hasher.equal(key, another)).isEqualTo(key.equals(another));
        if (hasher.equal(key, another)) {
            assertThat(hasher.hash(key)).isEqualTo(hasher.hash(another));
        }
    }

    @Property(tries = 120)
    void damagedBytesEndInAnExceptionAndNeverInAnError(@ForAll long seed) {
        Random random = new Random(seed);
        Sample sample = RandomTypes.next(random, 3, false);
        byte[] bytes = Serializers.bytes(
                Serializers.of(typeOf(sample)), sample.values().apply(random));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(bytes.length + 1);
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, length);
        assertThatCode(() -> {
                    try {
                        Serializers.of(typeOf(sample)).deserialize(in);
                    } catch (RuntimeException e) {
                        assertThat(e).isNotInstanceOf(IllegalStateException.class);
                    }
                })
                .doesNotThrowAnyException();
        assertThat(in.remaining()).isNotNegative();
    }

    @SuppressWarnings("unchecked") // the values of a sample are of its type
    private static TypeInformation<Object> typeOf(Sample sample) {
        return (TypeInformation<Object>) sample.type();
    }
}
