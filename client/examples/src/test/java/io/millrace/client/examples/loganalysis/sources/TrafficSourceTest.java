package io.millrace.client.examples.loganalysis.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.InputStatus;
import io.millrace.client.examples.loganalysis.traffic.TrafficGenerator;
import io.millrace.client.examples.loganalysis.traffic.TrafficPlan;
import io.millrace.client.examples.loganalysis.traffic.TrafficSplit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrafficSourceTest {
    private static final TrafficPlan PLAN = new TrafficPlan(1, 0, 0.3);
    private static final LineMaker SHOP = new LineMaker.Shop(PLAN);

    @Property(tries = 100)
    void allReadersTogetherMakeAllLinesWhateverTheirNumber(
            @ForAll @IntRange(min = 1, max = 9) int readers, @ForAll @IntRange(max = 700) int count) {
        SteppedSource source = new SteppedSource(new TrafficSource(SHOP, count, TrafficSource.UNLIMITED), readers);
        assertThat(source.readAll().stream().map(LogLine::number).sorted())
                .containsExactlyElementsOf(LongStream.range(0, count).boxed().toList());
        assertThat(source.lines()).allMatch(line -> line.text().equals(new TrafficGenerator(PLAN).line(line.number())));
    }

    @Test
    void positionsNameTheGeneratorAndTheOffset() {
        SteppedSource source = new SteppedSource(new TrafficSource(SHOP, 1, TrafficSource.UNLIMITED), 1);
        assertThat(source.readAll()).singleElement().satisfies(line -> {
            assertThat(line.position().source()).isEqualTo("generator");
            assertThat(line.position().unit().field()).isEqualTo("offset");
        });
    }

    @Test
    void aReaderStopsWhenThereIsNoRoom() {
        SteppedSource source = new SteppedSource(new TrafficSource(SHOP, 1_000, TrafficSource.UNLIMITED), 1);
        source.room = 3;
        assertThat(source.poll(0)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(source.lines()).hasSize(3);
    }

    @Test
    void aReaderGoesOnWhereItsSnapshotWasTaken() {
        TrafficSource endless = new TrafficSource(SHOP, 1_000, TrafficSource.UNLIMITED);
        SteppedSource before = new SteppedSource(endless, 2);
        before.poll(0);
        before.poll(0);
        before.poll(1);
        List<TrafficPart> parts = new ArrayList<>(before.snapshot(0));
        parts.addAll(before.snapshot(1));
        SteppedSource after = new SteppedSource(endless, 1, parts);
        List<Long> numbers = new ArrayList<>();
        before.lines().forEach(line -> numbers.add(line.number()));
        after.readAll().forEach(line -> numbers.add(line.number()));
        assertThat(numbers.stream().sorted())
                .containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aReaderWithSeveralPartsMakesTheirLinesInOneOrder() {
        List<TrafficPart> parts = List.of(
                new TrafficPart(new TrafficSplit(PLAN.lanes(), 0, 2), 0),
                new TrafficPart(new TrafficSplit(PLAN.lanes(), 1, 2), 0));
        SteppedSource source = new SteppedSource(new TrafficSource(SHOP, 500, TrafficSource.UNLIMITED), 1, parts);
        assertThat(source.readAll().stream().map(LogLine::number))
                .containsExactlyElementsOf(LongStream.range(0, 500).boxed().toList());
    }

    @Test
    void linesComeWhenTheyAreDueOverAllReadersTogether() {
        SteppedSource source = new SteppedSource(new TrafficSource(SHOP, TrafficSource.UNBOUNDED, 100), 2);
        for (int tenth = 0; tenth < 100; tenth++) {
            source.pollUntilNothing();
            source.advanceNanos(100_000_000);
        }
        assertThat(source.lines()).hasSizeBetween(985, 1_000);
        long behind = source.lines().stream().mapToLong(LogLine::number).max().orElseThrow();
        assertThat(behind).as("readers stay together").isLessThan(1_005);
    }

    @Test
    void aReaderSaysWhenTheNextLineIsDue() {
        SteppedSource source = new SteppedSource(new TrafficSource(SHOP, TrafficSource.UNBOUNDED, 100), 1);
        source.pollUntilNothing();
        assertThat(source.isAvailable(0)).isFalse();
        source.advanceNanos(9_999_999);
        assertThat(source.isAvailable(0)).isFalse();
        source.advanceNanos(1);
        assertThat(source.isAvailable(0)).isTrue();
        source.pollUntilNothing();
        assertThat(source.lines()).hasSize(2);
    }

    @Test
    void atMostOneSecondIsCaughtUp() {
        Schedule schedule = new Schedule(10);
        assertThat(schedule.waitNanos(0, 5_000_000_000L)).isZero();
        assertThat(schedule.waitNanos(10, 5_000_000_000L)).isEqualTo(1_000_000_000L);
        assertThat(schedule.waitNanos(10, 60_000_000_000L)).isEqualTo(-1_000_000_000L);
        assertThat(schedule.waitNanos(20, 60_000_000_000L)).isZero();
        assertThat(schedule.waitNanos(21, 60_000_000_000L)).isEqualTo(100_000_000L);
        assertThat(new Schedule(0).waitNanos(1L << 60, 0)).isZero();
    }

    @Test
    void onlyACountEndsTheTraffic() {
        assertThat(new TrafficSource(SHOP, TrafficSource.UNBOUNDED, 0).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        TrafficSource none = new TrafficSource(SHOP, 0, 0);
        assertThat(none.getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(new SteppedSource(none, 2).readAll()).isEmpty();
    }

    @Test
    void theTutorialsLinesHaveTheTimeOfTheClock() {
        LineMaker tutorial = new LineMaker.Tutorial(1);
        SteppedSource source = new SteppedSource(new TrafficSource(tutorial, 2_000, TrafficSource.UNLIMITED), 2);
        assertThat(source.readAll()).hasSize(2_000).allMatch(line -> line.text()
                .contains("\"timestamp\":" + SteppedSource.WALL_SECONDS + ","));
    }

    @Test
    void partsKeepTheirBytes() throws Exception {
        TrafficPart part = new TrafficPart(new TrafficSplit(6, 1, 2), 258);
        TrafficPartsSerializer.OfOne one = new TrafficPartsSerializer.OfOne();
        TrafficPartsSerializer many = new TrafficPartsSerializer();
        assertThat(HexFormat.of().formatHex(one.serialize(part))).isEqualTo("0000000600000001000000020000000000000102");
        assertThat(one.deserialize(1, one.serialize(part))).isEqualTo(part);
        List<TrafficPart> parts = List.of(part, part.at(3));
        assertThat(many.deserialize(1, many.serialize(parts))).isEqualTo(parts);
        assertThatIOException().isThrownBy(() -> many.deserialize(2, many.serialize(parts)));
        assertThatIOException().isThrownBy(() -> many.deserialize(1, new byte[19]));
        assertThatIOException().isThrownBy(() -> one.deserialize(1, many.serialize(parts)));
    }
}
