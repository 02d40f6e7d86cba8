package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Barriers cut a running job consistently: what its first tasks took before a barrier is exactly what its last ones
 * did, whatever the schedule, the exchanges and the number of processes.
 */
class BarrierFlowTest {
    private static final int ELEMENTS = 2_000;
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String READERS = "readers";

    /** Of the try in progress: functions are deserialized, so they find it here. */
    private static Journal journal = new Journal();

    private static int cutsThatAgree;
    private static int splitsThatAgree;

    /** What every subtask took, in order, divided by the barriers that passed. */
    private static final class Journal {
        private final Map<String, Set<Long>> taken = new HashMap<>();
        private final Map<SubtaskId, List<Long>> barriers = new HashMap<>();
        /** By barrier, then by vertex: what all its subtasks had taken. */
        private final Map<Long, Map<String, Set<Long>>> cuts = new TreeMap<>();

        /** By barrier: what the source's tasks had not read, each element as often as somebody has it. */
        private final Map<Long, List<Long>> unread = new HashMap<>();

        private final Map<Integer, String> names = new HashMap<>();

        private List<Long> unread(long barrier) {
            return unread.computeIfAbsent(barrier, key -> new ArrayList<>());
        }

        /** The last two vertices are those of the witnesses. */
        private void name(List<JobVertex> vertices) {
            names.put(vertices.get(vertices.size() - 1).id(), LAST);
            names.put(vertices.get(vertices.size() - 2).id(), FIRST);
        }

        private String nameOf(SubtaskId task) {
            return names.getOrDefault(task.vertex(), task.vertex() == 0 ? "enumerator" : READERS);
        }

        private Set<Long> of(String vertex, int subtask) {
            return taken.computeIfAbsent(vertex + subtask, key -> new HashSet<>());
        }

        private void passed(SubtaskId task, TaskSnapshot snapshot) {
            long barrier = snapshot.checkpoint();
            snapshot.parts().forEach(part -> unread(barrier).addAll(Remainders.of(part, ELEMENTS)));
            barriers.computeIfAbsent(task, key -> new ArrayList<>()).add(barrier);
            cuts.computeIfAbsent(barrier, key -> new HashMap<>())
                    .computeIfAbsent(nameOf(task), key -> new HashSet<>())
                    .addAll(of(nameOf(task), task.index()));
        }
    }

    /** Hands its elements on and writes them down. Every subtask has an instance of its own. */
    private static final class Witness extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private final String name;
        private transient Set<Long> taken = Set.of();

        Witness(String name) {
            this.name = name;
        }

        @Override
        public void open(OpenContext context) {
            taken = journal.of(name, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        }

        @Override
        public Long map(Long value) {
            taken.add(value);
            return value;
        }
    }

    private static DataStream<Long> spread(DataStream<Long> stream, int way) {
        return switch (way) {
            case 0 -> stream.rebalance();
            case 1 -> stream.broadcast();
            case 2 -> stream.global();
            default -> stream.shuffle();
        };
    }

    @Property(tries = 150)
    void everyCutIsTheSameAtBothEndsOfTheJob(
            @ForAll @IntRange(min = 1, max = 3) int processes,
            @ForAll @IntRange(min = 1, max = 3) int readers,
            @ForAll @IntRange(min = 1, max = 3) int firsts,
            @ForAll @IntRange(min = 1, max = 3) int lasts,
            @ForAll @IntRange(min = 0, max = 3) int way,
            @ForAll long seed) {
        run(new Shape(processes, readers, firsts, lasts, way), CheckpointingMode.EXACTLY_ONCE, seed);
        cutsThatAgree += cutsThatAgree(firsts, lasts, true);
        splitsThatAgree += splitsThatAgree(readers, firsts);
    }

    /** Elements behind a barrier may be taken with those before it, and are then taken again; none is left out. */
    @Property(tries = 50)
    void noCutLeavesAnythingOutAtLeastOnce(
            @ForAll @IntRange(min = 1, max = 3) int processes,
            @ForAll @IntRange(min = 1, max = 3) int readers,
            @ForAll @IntRange(min = 1, max = 3) int firsts,
            @ForAll @IntRange(min = 1, max = 3) int lasts,
            @ForAll @IntRange(min = 0, max = 3) int way,
            @ForAll long seed) {
        run(new Shape(processes, readers, firsts, lasts, way), CheckpointingMode.AT_LEAST_ONCE, seed);
        cutsThatAgree(firsts, lasts, false);
    }

    /** @param way how the first operator's elements are spread over the last one's subtasks */
    private record Shape(int processes, int readers, int firsts, int lasts, int way) {}

    private static void run(Shape shape, CheckpointingMode mode, long seed) {

        journal = new Journal();
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().enableCheckpointing(1_000, mode);
        DataStream<Long> first = env.fromSequence(1, ELEMENTS)
                .setParallelism(shape.readers)
                .keyBy(value -> value)
                .map(new Witness(FIRST))
                .setParallelism(shape.firsts);
        spread(first, shape.way)
                .map(new Witness(LAST))
                .setParallelism(shape.lasts)
                .print()
                .setParallelism(shape.lasts);
        JobRig rig = new JobRig(shape.processes, 2, 64, seed).watchBarriers(journal::passed);
        JobGraph graph = env.getJobGraph("barriers");
        journal.name(graph.vertices());
        rig.deploy(rig.sketch().add(graph)).start();

        Random random = new Random(seed);
        long announced = 0;
        for (int i = 0; i < 600; i++) {
            if (random.nextInt(20) == 0) {
                rig.announce(++announced);
            }
            if (announced > 0 && random.nextInt(100) == 0) {
                rig.giveUp(1 + random.nextInt((int) announced));
            }
            rig.stepAtRandom(random);
        }
        rig.settle(random);
        rig.announce(++announced);
        rig.settle(random);
        rig.complete(announced);
        rig.settle(random);

        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        journal.barriers
                .values()
                .forEach(passed -> assertThat(passed).isSorted().doesNotHaveDuplicates());
        assertThat(rig.isClean()).isTrue();
    }

    /** A property that no barrier ever passed would hold as well. */
    @AfterContainer
    static void someCutsWereMadeInTheMidstOfTheStream() {
        assertThat(cutsThatAgree).isGreaterThan(300);
        assertThat(splitsThatAgree).isGreaterThan(300);
    }

    /** Of barriers that all tasks of both vertices let pass. @return how many were in the midst of the stream */
    private static int cutsThatAgree(int firsts, int lasts, boolean exactly) {
        int inTheMidst = 0;
        for (Map.Entry<Long, Map<String, Set<Long>>> cut : journal.cuts.entrySet()) {
            long barrier = cut.getKey();
            if (count(barrier, FIRST) == firsts && count(barrier, LAST) == lasts) {
                Set<Long> before = cut.getValue().get(FIRST);
                Set<Long> behind = cut.getValue().get(LAST);
                assertThat(difference(before, behind))
                        .as("lost by barrier %d", barrier)
                        .isEmpty();
                Set<Long> early = exactly ? difference(behind, before) : Set.of();
                assertThat(early).as("too early for barrier %d", barrier).isEmpty();
                inTheMidst += !before.isEmpty() && before.size() < ELEMENTS ? 1 : 0;
            }
        }
        return inTheMidst;
    }

    /**
     * What was taken before a barrier and what the source's snapshots say is still to be read make the whole input, and
     * no element is in both. @return how many barriers were in the midst of the stream
     */
    private static int splitsThatAgree(int readers, int firsts) {
        int inTheMidst = 0;
        for (Map.Entry<Long, Map<String, Set<Long>>> cut : journal.cuts.entrySet()) {
            long barrier = cut.getKey();
            if (count(barrier, READERS) == readers && count(barrier, FIRST) == firsts) {
                List<Long> all = new ArrayList<>(journal.unread(barrier));
                inTheMidst += !all.isEmpty() && all.size() < ELEMENTS ? 1 : 0;
                all.addAll(cut.getValue().get(FIRST));
                assertThat(all.size()).as("elements at barrier %d", barrier).isEqualTo(ELEMENTS);
                assertThat(new HashSet<>(all)).as("different ones").hasSize(ELEMENTS);
            }
        }
        return inTheMidst;
    }

    private static Set<Long> difference(Set<Long> some, Set<Long> others) {
        Set<Long> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static long count(long barrier, String vertex) {
        return journal.barriers.entrySet().stream()
                .filter(entry -> journal.nameOf(entry.getKey()).equals(vertex)
                        && entry.getValue().contains(barrier))
                .count();
    }
}
