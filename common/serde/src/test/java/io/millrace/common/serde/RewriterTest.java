package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.common.graph.schema.StateDescription;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bytes of an older schema become those of today's, without any class. */
class RewriterTest {
    static byte[] rewritten(StateDescription was, StateDescription is, byte[] bytes) {
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, bytes.length);
        BinaryWriter out = new BinaryWriter(8);
        rewriter(was, is).rewrite(in, out);
        assertThat(in.remaining()).isZero();
        return Arrays.copyOf(out.bytes(), out.position());
    }

    static Rewriter rewriter(StateDescription was, StateDescription is) {
        SerializerScope scope = new SerializerScope(new GeneratedClasses(), RewriterTest.class.getClassLoader(), true);
        return new RewriterBuilder(was, is, scope)
                .build(was.types().get(0), is.types().get(0));
    }

    @Test
    void whatIsGoneIsRefusedOnlyWhenItIsMet() {
        StateDescription was = SchemaModel.described("value @0", "enum a.Level LOW MID HIGH");
        StateDescription is = SchemaModel.described("value @0", "enum a.Level HIGH LOW");
        assertThat(rewritten(was, is, new byte[] {0})).containsExactly(1);
        assertThat(rewritten(was, is, new byte[] {2})).containsExactly(0);
        assertThatThrownBy(() -> rewritten(was, is, new byte[] {1}))
                .hasMessageContaining("STATE_INCOMPATIBLE")
                .hasMessageContaining("The constant MID is in the snapshot");
        assertThatThrownBy(() -> rewritten(was, is, new byte[] {3})).isInstanceOf(IndexOutOfBoundsException.class);
        StateDescription shapes =
                SchemaModel.described("value @0", "sealed a.S @1 @2", "record a.A x:byte", "record a.B x:byte");
        StateDescription fewer = SchemaModel.described("value @0", "sealed a.S @1", "record a.B x:byte");
        assertThat(rewritten(shapes, fewer, new byte[] {1, 9})).containsExactly(0, 9);
        assertThatThrownBy(() -> rewritten(shapes, fewer, new byte[] {0, 9})).hasMessageContaining("The class a.A");
    }

    @Test
    void theBytesOfAWidenedRecordAreGolden() {
        StateDescription was = SchemaModel.described("value @0", "record a.R gone:String n:int flag:Boolean");
        StateDescription is = SchemaModel.described("value @0", "record a.R flag:Boolean added:Long n:long more:short");
        assertThat(rewritten(was, is, new byte[] {0, 2, 'x', 5, 0, 0, 0, 1}))
                .containsExactly(0b10, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(rewritten(was, is, new byte[] {0b11, 7, 0, 0, 0}))
                .containsExactly(0b11, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aClassMayGetOrLoseSubclassesAndFields() {
        StateDescription closed = SchemaModel.described("value @0", "record a.R n:byte");
        StateDescription open = SchemaModel.described("value @0", "open a.R n:byte");
        StateDescription empty = SchemaModel.described("value @0", "record a.R");
        assertThat(rewritten(closed, open, new byte[] {9})).containsExactly(0, 9);
        assertThat(rewritten(open, closed, new byte[] {0, 9})).containsExactly(9);
        assertThat(rewritten(open, empty, new byte[] {0, 9})).containsExactly(0);
        assertThat(rewritten(empty, open, new byte[] {0})).containsExactly(0, 0);
        byte[] subclass = {1, 6, 3, 0, 0, 0};
        assertThat(rewritten(open, open, subclass)).isEqualTo(subclass);
        assertThatThrownBy(() -> rewritten(open, closed, subclass))
                .hasMessageContaining("A value of a subclass of a.R");
    }
}
