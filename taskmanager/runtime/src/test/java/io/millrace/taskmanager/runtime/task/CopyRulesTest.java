package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.KeyedReduceSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Mutable elements are copied where somebody else still uses them, and nowhere else. */
class CopyRulesTest {
    private static final TypeInformation<Box> BOX = TypeInformation.of(Box.class);
    private static final Keying<Box, Long> BY_KEY = new Keying<>(box -> box.key, Types.LONG);

    /** A value that functions may change. */
    public static class Box {
        public long key;
        public long sum;

        public Box() {}

        static Box of(long key, long sum) {
            Box box = new Box();
            box.key = key;
            box.sum = sum;
            return box;
        }

        @Override
        public String toString() {
            return key + ":" + sum;
        }
    }

    private static String text(Box box) {
        return box.toString();
    }

    /** Source, exchange, running sum in place, chained function that spoils what it gets, sink. */
    private static List<String> spoiledSums(JobRig rig, Map<String, String> settings) {
        RecordingSink<String> sink = new RecordingSink<>();
        JobSketch job = rig.sketch().configured(settings);
        List<Box> boxes = List.of(Box.of(1, 1), Box.of(1, 2), Box.of(1, 4));
        int source = job.source(new ListSource<>(List.of(boxes)), 1, WatermarkStrategy.noWatermarks(), BOX);
        int sums = job.vertex(
                "Sums",
                1,
                new KeyedReduceSpec<>(
                        (total, more) -> {
                            total.sum += more.sum;
                            return total;
                        },
                        BY_KEY,
                        BOX),
                new MapSpec<Box, Box>(
                        box -> {
                            box.sum *= 100;
                            return box;
                        },
                        BOX),
                new MapSpec<>(CopyRulesTest::text, Types.STRING),
                new SinkSpec<>(sink));
        job.edge(source, sums, ExchangeKind.HASH, new ExchangeSpec<>(BOX, BY_KEY, null));
        rig.deploy(job).start().settle();
        assertThat(rig.failures()).isEmpty();
        return sink.elements();
    }

    @Test
    void whatAStatefulOperatorKeepsIsNotChangedByWhatIsChainedToIt() {
        assertThat(spoiledSums(new JobRig(1, 1), Map.of())).containsExactly("1:100", "1:300", "1:700");
        assertThat(spoiledSums(new JobRig(3, 1), Map.of())).containsExactly("1:100", "1:300", "1:700");
    }

    @Test
    void objectReuseTurnsTheCopiesOff() {
        assertThat(spoiledSums(new JobRig(1, 1), Map.of("job.object-reuse", "true")))
                .containsExactly("1:100", "1:10200", "1:1020400");
    }

    /** One stream read by several consumers in slots of one process, each of which changes what it gets. */
    @Property(tries = 20)
    void consumersOfOneStreamDoNotSeeEachOthersChanges(
            @ForAll @IntRange(min = 1, max = 3) int slots, @ForAll @IntRange(min = 1, max = 4) int consumers) {
        JobRig rig = new JobRig(1, slots);
        JobSketch job = rig.sketch();
        List<Box> boxes = List.of(Box.of(1, 1), Box.of(2, 2), Box.of(3, 3));
        int source = job.source(new ListSource<>(List.of(boxes)), 1, WatermarkStrategy.noWatermarks(), BOX);
        RecordingSink<String> sink = new RecordingSink<>();
        for (int consumer = 0; consumer < consumers; consumer++) {
            int to = job.vertex(
                    "Consumer " + consumer,
                    1,
                    new MapSpec<Box, String>(
                            box -> {
                                box.sum += 10;
                                return box.toString();
                            },
                            Types.STRING),
                    new SinkSpec<>(sink));
            job.edge(source, to, ExchangeKind.BROADCAST, new ExchangeSpec<>(BOX, null, null));
        }
        rig.deploy(job).start().settle();

        assertThat(rig.failures()).isEmpty();
        assertThat(sink.elements()).hasSize(3 * consumers).containsOnly("1:11", "2:12", "3:13");
        assertThat(boxes).extracting(CopyRulesTest::text).containsExactly("1:1", "2:2", "3:3");
    }
}
