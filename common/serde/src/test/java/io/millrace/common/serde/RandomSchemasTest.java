package io.millrace.common.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.graph.schema.Migration.Verdict;
import io.millrace.common.graph.schema.SchemaChange;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.serde.SchemaModel.Evolution;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Random schemas, what may become of them, and random values of both. */
class RandomSchemasTest {
    private static int migrated;

    @Property(tries = 500)
    void whatIsRewrittenIsWhatTodaysWriterWouldHaveWritten(@ForAll long seed) {
        Random random = new Random(seed);
        StateDescription was = SchemaModel.random(random);
        Evolution evolution = SchemaModel.evolve(was, random);
        Verdict verdict = SchemaChange.between(was, evolution.is()).verdict();
        assertThat(verdict).isNotEqualTo(Verdict.REFUSED);
        migrated += verdict == Verdict.MIGRATES ? 1 : 0;
        for (int i = 0; i < 10; i++) {
            Object value = SchemaValues.value(was, random);
            byte[] before = SchemaValues.bytes(was, value);
            byte[] now = SchemaValues.bytes(evolution.is(), evolution.of(value));
            if (verdict == Verdict.SAME) {
                assertThat(now).isEqualTo(before);
            }
            assertThat(RewriterTest.rewritten(was, evolution.is(), before)).isEqualTo(now);
        }
    }

    @Property(tries = 200)
    void damagedBytesEndInADeclaredException(@ForAll long seed) {
        Random random = new Random(seed);
        StateDescription was = SchemaModel.random(random);
        StateDescription is = SchemaModel.evolve(was, random).is();
        byte[] bytes = SchemaValues.bytes(was, SchemaValues.value(was, random));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, random.nextInt(bytes.length + 1));
        try {
            RewriterTest.rewriter(was, is).rewrite(in, new BinaryWriter(8));
        } catch (IndexOutOfBoundsException | MillraceException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        assertThat(in.remaining()).isNotNegative();
    }

    /** A property in which nothing ever changed would hold as well. */
    @AfterContainer
    static void somethingMigrated() {
        assertThat(migrated).isGreaterThan(150);
    }
}
