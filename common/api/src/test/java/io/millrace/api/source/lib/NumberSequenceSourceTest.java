package io.millrace.api.source.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.SourceHarness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NumberSequenceSourceTest {

    private static SourceHarness<Long, RangeSplit, List<RangeSplit>> harness(long from, long to, int parallelism)
            throws Exception {
        return new SourceHarness<>(new NumberSequenceSource(from, to), parallelism);
    }

    @Test
    void oneReaderGivesTheNumbersInOrder() throws Exception {
        SourceHarness<Long, RangeSplit, List<RangeSplit>> source = harness(-2, 5, 1);
        source.runToEnd();
        assertThat(source.elements(0)).containsExactly(-2L, -1L, 0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Property(tries = 200)
    void everyNumberComesOnce(@ForAll @IntRange(min = 1, max = 300) int size, @ForAll @IntRange(min = 1, max = 9) int p)
            throws Exception {
        SourceHarness<Long, RangeSplit, List<RangeSplit>> source = harness(10, 10 + size - 1L, p);
        source.runToEnd();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < p; i++) {
            assertThat(source.elements(i)).isSorted();
            all.addAll(source.elements(i));
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(10, 10 + size).boxed().toList());
    }

    @Test
    void sharesDifferByOneAtMostAndNoneIsEmpty() {
        assertThat(RangeSplit.divide(7, 3))
                .containsExactly(new RangeSplit("0", 0, 3), new RangeSplit("1", 3, 5), new RangeSplit("2", 5, 7));
        assertThat(RangeSplit.divide(2, 4)).containsExactly(new RangeSplit("0", 0, 1), new RangeSplit("1", 1, 2));
        assertThat(RangeSplit.divide(0, 4)).isEmpty();
    }

    @Test
    void extremeNumbersAreReached() throws Exception {
        SourceHarness<Long, RangeSplit, List<RangeSplit>> source = harness(Long.MAX_VALUE - 1, Long.MAX_VALUE, 1);
        source.runToEnd();
        assertThat(source.elements(0)).containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
    }

    @Test
    void readerStopsWhereThereIsNoRoom() throws Exception {
        SourceHarness<Long, RangeSplit, List<RangeSplit>> source = harness(0, 9, 1);
        assertThat(source.poll(0, 4)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(source.elements(0)).hasSize(4);
        assertThat(source.finishedSplits(0)).isEmpty();
        source.runToEnd();
        assertThat(source.finishedSplits(0)).containsExactly("0");
        assertThat(source.poll(0, 4)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void positionIsThatOfTheElementsEmitted() throws Exception {
        SourceHarness<Long, RangeSplit, List<RangeSplit>> source = harness(0, 9, 1);
        source.poll(0, 4);
        assertThat(source.snapshot(0)).containsExactly(new RangeSplit("0", 4, 10));
        assertThat(source.snapshotEnumerator()).isEmpty();
    }

    @Test
    void splitThatIsGivenBackIsReadFromItsPosition() throws Exception {
        SourceHarness<Long, RangeSplit, List<RangeSplit>> source = harness(0, 9, 2);
        source.giveBack(List.of(new RangeSplit("9", 8, 10)), 0);
        assertThat(source.snapshotEnumerator()).containsExactly(new RangeSplit("9", 8, 10));
        source.runToEnd();
        List<Long> all = new ArrayList<>(source.elements(0));
        all.addAll(source.elements(1));
        assertThat(all).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 8L, 9L);
    }

    @Test
    void bytesOfASplitAreFixed() throws IOException {
        byte[] bytes = new RangeSplit.Serializer().serialize(new RangeSplit("7", 3, 260));
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00000001" + "000137" + "0000000000000003" + "0000000000000104");
        assertThat(new RangeSplit.Serializer().deserialize(1, bytes)).isEqualTo(new RangeSplit("7", 3, 260));
        assertThatThrownBy(() -> new RangeSplit.Serializer().deserialize(2, bytes))
                .hasMessageContaining("form 2, this build reads form 1");
    }
}
