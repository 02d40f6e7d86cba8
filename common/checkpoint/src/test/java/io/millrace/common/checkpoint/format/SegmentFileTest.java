package io.millrace.common.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.InMemoryStorage;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts are read back as they were written, or refused with file and place. */
class SegmentFileTest {
    private static final JobId JOB = Manifests.JOB;
    private static final String FILE = "job/state-1";
    private static final ObjectName NAME = new ObjectName(FILE);
    private static final long NONCE = 77;

    private final InMemoryStorage storage = new InMemoryStorage();
    private SegmentFile file = new SegmentFile("state-1", 1, NONCE);
    private StatePart words = part(0, 0);
    private StatePart empty = part(0, 0);
    private StatePart numbers = part(0, 0);

    @BeforeEach
    void write() {
        SegmentWriter writer = new SegmentWriter(JOB, 5, NONCE);
        words = add(writer, "alpha", "beta!", "gamma");
        empty = add(writer);
        numbers = add(writer, "12345", "6");
        file = new SegmentFile("state-1", writer.length(), writer.nonce());
        storage.put(NAME, writer.finish());
    }

    private static StatePart add(SegmentWriter writer, String... blocks) {
        List<ByteBuffer> content = Arrays.stream(blocks)
                .map(block -> ByteBuffer.wrap(block.getBytes(StandardCharsets.UTF_8)))
                .toList();
        long offset = writer.add(content);
        return part(offset, writer.length() - offset);
    }

    private static StatePart part(long offset, long length) {
        return new StatePart(PartKind.OPERATOR_LIST, "s", 0, 0, 0, offset, length, 0);
    }

    private List<String> read(StatePart part) {
        List<String> blocks = new ArrayList<>();
        try (PartReader reader = SegmentReader.open(storage, NAME, file, JOB).read(part)) {
            for (ByteBuffer block = reader.next(); block != null; block = reader.next()) {
                blocks.add(StandardCharsets.UTF_8.decode(block).toString());
            }
        }
        return blocks;
    }

    private void readAll() {
        read(words);
        read(empty);
        read(numbers);
    }

    private Problem refusal(String damage, byte[] bytes) {
        storage.damage(NAME, bytes);
        return Refusals.of(FILE, damage, this::readAll);
    }

    @Test
    void everyPartIsReadBack() {
        assertThat(read(words)).containsExactly("alpha", "beta!", "gamma");
        assertThat(read(empty)).isEmpty();
        assertThat(read(numbers)).containsExactly("12345", "6");
        assertThat(storage.bytes(NAME)).hasSize((int) file.length());
    }

    @Test
    void theBytesStayWhatTheyWere() {
        String header = "4d4c5243" // magic
                + "0001" // version
                + "01" // a segment file
                + "00"
                + "000000000000004d" // nonce
                + "0102030405060708090a0b0c0d0e0f10" // job
                + "0000000000000005" // checkpoint
                + "74083218"; // checksum
        String words = "00000005" + "9b1ef416" + "616c706861" // alpha
                + "00000005" + "ccb1b7eb" + "6265746121" // beta!
                + "00000005" + "830ce43d" + "67616d6d61"; // gamma
        String numbers = "00000005" + "688a2572" + "3132333435" + "00000001" + "a711b901" + "36";
        assertThat(HexFormat.of().formatHex(storage.bytes(NAME))).isEqualTo(header + words + numbers);
    }

    @Test
    void everyTurnedBitIsRefusedWithItsPlace() {
        byte[] bytes = storage.bytes(NAME);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            Problem refusal = refusal("bit " + bit, Refusals.flipped(bytes, bit));
            assertThat(refusal.where()).matches(".*, byte \\d+");
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes = storage.bytes(NAME);
        for (int length = 0; length < bytes.length; length++) {
            refusal("the first " + length, Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        byte[] bytes = storage.bytes(NAME);
        refusal("one more", Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void blocksThatChangedPlacesAreRefused() {
        byte[] bytes = storage.bytes(NAME);
        int block = BlockFormat.HEADER_BYTES + 5;
        int first = (int) words.offset();
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, first, swapped, first + block, block);
        System.arraycopy(bytes, first + block, swapped, first, block);
        assertThat(refusal("swapped blocks", swapped).where()).isEqualTo(FILE + ", byte " + first);
    }

    @Test
    void aBlockOfAnotherFileIsRefused() {
        SegmentWriter other = new SegmentWriter(JOB, 5, NONCE + 1);
        add(other, "delta", "beta!", "gamma");
        add(other, "12345", "6");
        ObjectName there = new ObjectName("job/other");
        storage.put(there, other.finish());
        byte[] patched = storage.bytes(NAME);
        System.arraycopy(storage.bytes(there), FileHeader.BYTES, patched, FileHeader.BYTES, 13);
        assertThat(refusal("a foreign block", patched).code()).isEqualTo("CHECKPOINT_DAMAGED");
    }

    @Test
    void anotherFileOfTheSameLengthIsRefused() {
        SegmentWriter other = new SegmentWriter(JOB, 5, NONCE + 1);
        add(other, "alpha", "beta!", "gamma");
        add(other, "12345", "6");
        ObjectName there = new ObjectName("job/other");
        storage.put(there, other.finish());
        assertThat(refusal("a retry of somebody else", storage.bytes(there)).code())
                .isEqualTo("CHECKPOINT_FILE_FOREIGN");
    }

    @Test
    void aFileOfAnotherJobIsRefused() {
        JobId another = new JobId(1, 2);
        Problem refusal = Refusals.of(FILE, "another job", () -> SegmentReader.open(storage, NAME, file, another));
        assertThat(refusal.code()).isEqualTo("CHECKPOINT_FILE_FOREIGN");
        assertThat(refusal.why()).contains(JOB.toString(), another.toString());
    }

    @Test
    void aMissingFileIsNamed() {
        storage.delete(NAME);
        Problem refusal = Refusals.of(FILE, "missing", this::readAll);
        assertThat(refusal.code()).isEqualTo("CHECKPOINT_FILE_MISSING");
    }
}
