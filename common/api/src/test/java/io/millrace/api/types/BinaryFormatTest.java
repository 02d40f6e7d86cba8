package io.millrace.api.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BinaryFormatTest {

    @Property(tries = 200)
    void everyStringComesBackCharacterForCharacter(@ForAll String text, @ForAll char extra) {
        for (String each : new String[] {text, text + extra, extra + text, text.repeat(20)}) {
            BinaryWriter out = new BinaryWriter(1);
            out.writeString(each);
            BinaryReader in = reader(out);
            assertThat(in.readString()).isEqualTo(each);
            assertThat(in.remaining()).isZero();
        }
    }

    @Property(tries = 500)
    void everyVariableLengthIntComesBack(@ForAll int value) {
        BinaryWriter out = new BinaryWriter(1);
        out.writeVarInt(value);
        out.writeVarInt(value & 0x3FFF);
        BinaryReader in = reader(out);
        assertThat(in.readVarInt()).isEqualTo(value);
        assertThat(in.readVarInt()).isEqualTo(value & 0x3FFF);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void smallCountsTakeOneByteAndLargeOnesUpToFive() {
        assertThat(varInt(0)).isEqualTo("00");
        assertThat(varInt(127)).isEqualTo("7f");
        assertThat(varInt(128)).isEqualTo("8001");
        assertThat(varInt(Integer.MAX_VALUE)).isEqualTo("ffffffff07");
        assertThat(varInt(-1)).isEqualTo("ffffffff0f");
    }

    @Test
    void stringsWithoutWideCharactersTakeOneByteEach() {
        assertThat(string("abÿ")).isEqualTo("06" + "6162ff");
        assertThat(string("aĀ")).isEqualTo("05" + "61000001");
        assertThat(string("\uD83D")).as("an unpaired surrogate is kept").isEqualTo("03" + "3dd8");
    }

    @Test
    void primitivesAreLittleEndian() {
        BinaryWriter out = new BinaryWriter(1);
        out.writeShort(0x0102);
        out.writeInt(0x01020304);
        out.writeLong(0x0102030405060708L);
        out.writeBoolean(true);
        out.writeFloat(-1);
        out.writeDouble(-1);
        assertThat(hex(out))
                .isEqualTo("0201" + "04030201" + "0807060504030201" + "01" + "000080bf" + "000000000000f0bf");
        BinaryReader in = reader(out);
        assertThat(in.readShort()).isEqualTo((short) 0x0102);
        assertThat(in.readInt()).isEqualTo(0x01020304);
        assertThat(in.readLong()).isEqualTo(0x0102030405060708L);
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.readFloat()).isEqualTo(-1);
        assertThat(in.readDouble()).isEqualTo(-1);
    }

    @Test
    void nothingIsReadBeyondTheLimit() {
        BinaryReader in = new BinaryReader();
        byte[] bytes = HexFormat.of().parseHex("ffffffffffff0000");
        in.reset(bytes, 1, 3);
        assertThatThrownBy(in::readInt).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(in.readShort()).isEqualTo((short) -1);
        in.reset(bytes, 0, 6);
        assertThatThrownBy(in::readVarInt)
                .as("six bytes with the high bit")
                .isInstanceOf(IndexOutOfBoundsException.class);
        for (String damaged : new String[] {"feffffff0f", "ffffffff0f", "fe01", "feffffff07", "01"}) {
            byte[] header = HexFormat.of().parseHex(damaged);
            in.reset(header, 0, header.length);
            if (damaged.equals("01")) {
                assertThat(in.readString())
                        .as("a wide string without characters")
                        .isEmpty();
            } else {
                assertThatThrownBy(in::readString).as(damaged).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
        in.reset(HexFormat.of().parseHex("0500"), 0, 2);
        assertThatThrownBy(in::readCount).as("five values in one byte").isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void writerForgetsAndMovesWhatItIsTold() {
        BinaryWriter out = new BinaryWriter(1);
        out.writeInt(0);
        out.writeString("abc");
        out.setInt(0, 7);
        out.discardFirst(2);
        assertThat(hex(out)).isEqualTo("0000" + "06616263");
        out.setPosition(2);
        assertThat(hex(out)).isEqualTo("0000");
        assertThatThrownBy(() -> out.setPosition(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> out.setPosition(1 << 20)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String varInt(int value) {
        BinaryWriter out = new BinaryWriter(1);
        out.writeVarInt(value);
        return hex(out);
    }

    private static String string(String value) {
        BinaryWriter out = new BinaryWriter(1);
        out.writeString(value);
        return hex(out);
    }

    private static String hex(BinaryWriter out) {
        return HexFormat.of().formatHex(out.bytes(), 0, out.position());
    }

    private static BinaryReader reader(BinaryWriter out) {
        BinaryReader in = new BinaryReader();
        in.reset(out.bytes(), 0, out.position());
        return in;
    }
}
