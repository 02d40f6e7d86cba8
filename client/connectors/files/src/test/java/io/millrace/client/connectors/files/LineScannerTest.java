package io.millrace.client.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LineScannerTest {
    private static final int NO_LIMIT = 1 << 20;

    /** Gives its bytes in portions of random size, as a disk or socket may. */
    private static final class Dribble extends InputStream {
        private final InputStream whole;
        private final Random random;

        Dribble(byte[] bytes, long seed) {
            whole = new ByteArrayInputStream(bytes);
            random = new Random(seed);
        }

        @Override
        public int read() throws IOException {
            return whole.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return whole.read(target, offset, Math.min(length, 1 + random.nextInt(20)));
        }
    }

    private static List<String> scan(byte[] bytes, int maxLineBytes, long seed) throws IOException {
        LineScanner scanner = new LineScanner(new Dribble(bytes, seed), maxLineBytes, 0);
        List<String> lines = new ArrayList<>();
        for (String line = scanner.next(false); line != null; line = scanner.next(false)) {
            lines.add(line);
        }
        assertThat(scanner.position()).isEqualTo(bytes.length);
        return lines;
    }

    private static List<String> scan(String text) throws IOException {
        return scan(text.getBytes(StandardCharsets.UTF_8), NO_LIMIT, 1);
    }

    @Test
    void linesEndWithLfCrLfOrTheEnd() throws IOException {
        assertThat(scan("a\nb\r\n\nlast")).containsExactly("a", "b", "", "last");
        assertThat(scan("a\n")).containsExactly("a");
        assertThat(scan("")).isEmpty();
        assertThat(scan("\r\r\n")).containsExactly("\r");
    }

    @Test
    void whatIsNotUtf8BecomesTheReplacementCharacter() throws IOException {
        byte[] bytes = {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3};
        assertThat(scan(bytes, NO_LIMIT, 1)).containsExactly("a\uFFFDb", "\uFFFD");
    }

    @Test
    void aLineThatIsTooLongIsCutToOneByteMoreThanTheLimit() throws IOException {
        String text = "x".repeat(500) + "\nshort\n" + "y".repeat(11) + "\n" + "z".repeat(10);
        assertThat(scan(text.getBytes(StandardCharsets.UTF_8), 10, 3))
                .containsExactly("x".repeat(11), "short", "y".repeat(11), "z".repeat(10));
    }

    @Test
    void aGrowingFilesUnfinishedLineWaits() throws IOException {
        LineScanner scanner =
                new LineScanner(new ByteArrayInputStream("a\nunfini".getBytes(StandardCharsets.UTF_8)), NO_LIMIT, 0);
        assertThat(scanner.next(true)).isEqualTo("a");
        assertThat(scanner.next(true)).isNull();
        assertThat(scanner.position()).isEqualTo(2);
    }

    @Property(tries = 300)
    void joiningTheLinesGivesTheTextBack(@ForAll long seed, @ForAll @IntRange(max = 300) int size) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append("ab\u00e9\u20ac\n\n".charAt(random.nextInt(6)));
        }
        text.append("end");
        assertThat(String.join("\n", scan(text.toString().getBytes(StandardCharsets.UTF_8), NO_LIMIT, seed)))
                .isEqualTo(text.toString());
    }
}
